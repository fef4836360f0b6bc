import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { OpenVersions } from './opening/open-versions';
import { RowsController } from './rows.controller';
import { ReadRows } from './rows/read-rows';
import { ReadSamples } from './samples/read-samples';

@Module({
  imports: [DatasetsModule],
  controllers: [RowsController],
  providers: [OpenVersions, ReadRows, ReadSamples],
  exports: [OpenVersions],
})
export class DatasetContentsModule {}
