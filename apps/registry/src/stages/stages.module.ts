import { Module } from '@nestjs/common';
import { DeploymentStoreModule } from '../deployments/deployment-store.module';
import { VersionStoreModule } from '../model-versions/version-store.module';
import { ModelStoreModule } from '../models/model-store.module';
import { StagesController } from './stages.controller';
import { TransitionStage } from './transition-stage';

@Module({
  imports: [ModelStoreModule, VersionStoreModule, DeploymentStoreModule],
  controllers: [StagesController],
  providers: [TransitionStage],
  exports: [TransitionStage],
})
export class StagesModule {}
