import { Module } from '@nestjs/common';
import { DeploymentRepository } from './deployment.repository';
import { DrizzleDeploymentRepository } from './drizzle-deployment.repository';
import { FollowTargets } from './follow-targets';
import { ReviseDeployment } from './revise-deployment';

/** For the slices that move what deployments follow. */
@Module({
  providers: [
    FollowTargets,
    ReviseDeployment,
    { provide: DeploymentRepository, useClass: DrizzleDeploymentRepository },
  ],
  exports: [DeploymentRepository, FollowTargets, ReviseDeployment],
})
export class DeploymentStoreModule {}
