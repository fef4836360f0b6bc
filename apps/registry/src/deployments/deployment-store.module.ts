import { Module } from '@nestjs/common';
import { DeploymentRepository } from './deployment.repository';
import { DrizzleDeploymentRepository } from './drizzle-deployment.repository';
import { DrizzleRevisionRepository } from './drizzle-revision.repository';
import { FollowTargets } from './follow-targets';
import { RevisionRepository } from './revision.repository';
import { ReviseDeployment } from './revise-deployment';

/** For the slices that move what deployments follow. */
@Module({
  providers: [
    FollowTargets,
    ReviseDeployment,
    { provide: DeploymentRepository, useClass: DrizzleDeploymentRepository },
    { provide: RevisionRepository, useClass: DrizzleRevisionRepository },
  ],
  exports: [DeploymentRepository, FollowTargets, ReviseDeployment, RevisionRepository],
})
export class DeploymentStoreModule {}
