import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { DatasetDescriptionController } from './dataset-description.controller';
import { DescribeDataset } from './describe-dataset';

@Module({
  imports: [DatasetsModule],
  controllers: [DatasetDescriptionController],
  providers: [DescribeDataset],
})
export class DatasetDescriptionModule {}
