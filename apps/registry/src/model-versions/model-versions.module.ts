import { Module } from '@nestjs/common';
import { DeploymentStoreModule } from '../deployments/deployment-store.module';
import { ModelStoreModule } from '../models/model-store.module';
import { RunsModule } from '../runs/runs.module';
import { DeleteVersion } from './delete-version';
import { ModelVersionsController } from './model-versions.controller';
import { RegisterFromRun } from './register-from-run';
import { RegistrationModule } from './registration.module';
import { UpdateVersion } from './update-version';
import { VersionStoreModule } from './version-store.module';

@Module({
  imports: [VersionStoreModule, ModelStoreModule, DeploymentStoreModule, RegistrationModule, RunsModule],
  controllers: [ModelVersionsController],
  providers: [RegisterFromRun, UpdateVersion, DeleteVersion],
})
export class ModelVersionsModule {}
