import { Module } from '@nestjs/common';
import { ModelStoreModule } from '../models/model-store.module';
import { ChangeDeployment } from './change-deployment';
import { CreateDeployment } from './create-deployment';
import { DeleteDeployment } from './delete-deployment';
import { DeploymentStoreModule } from './deployment-store.module';
import { DeploymentsController } from './deployments.controller';
import { InternalDeploymentsController } from './internal-deployments.controller';
import { MakeDefault } from './make-default';
import { ReadDesiredDeployments } from './read-desired-deployments';
import { DrizzleServingRepository } from './drizzle-serving.repository';
import { RevisionsController } from './revisions.controller';
import { RollbackDeployment } from './rollback-deployment';
import { ServingRepository } from './serving.repository';

@Module({
  imports: [DeploymentStoreModule, ModelStoreModule],
  controllers: [DeploymentsController, RevisionsController, InternalDeploymentsController],
  providers: [
    CreateDeployment,
    ChangeDeployment,
    RollbackDeployment,
    DeleteDeployment,
    MakeDefault,
    ReadDesiredDeployments,
    { provide: ServingRepository, useClass: DrizzleServingRepository },
  ],
})
export class DeploymentsModule {}
