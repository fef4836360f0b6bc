import { Module } from '@nestjs/common';
import { DeploymentStoreModule } from '../deployments/deployment-store.module';
import { CreateModel } from './create-model';
import { DeleteModel } from './delete-model';
import { ModelStoreModule } from './model-store.module';
import { ModelsController } from './models.controller';
import { UpdateModel } from './update-model';

@Module({
  imports: [ModelStoreModule, DeploymentStoreModule],
  controllers: [ModelsController],
  providers: [CreateModel, UpdateModel, DeleteModel],
})
export class ModelsModule {}
