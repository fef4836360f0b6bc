import { Module } from '@nestjs/common';
import { DrizzleModelRepository } from './drizzle-model.repository';
import { ModelRepository } from './model.repository';

/** The repository alone, for the slices that change what belongs to a model. */
@Module({
  providers: [{ provide: ModelRepository, useClass: DrizzleModelRepository }],
  exports: [ModelRepository],
})
export class ModelStoreModule {}
