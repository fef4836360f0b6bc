import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { ImagesController } from './images.controller';
import { ReadImage } from './images/read-image';
import { OpenVersions } from './opening/open-versions';
import { PreviewController } from './preview.controller';
import { ReadPreview } from './preview/read-preview';
import { RowsController } from './rows.controller';
import { ReadRows } from './rows/read-rows';
import { ReadSamples } from './samples/read-samples';
import { StatisticsController } from './statistics.controller';
import { ReadDocuments } from './statistics/read-documents';

@Module({
  imports: [DatasetsModule],
  controllers: [RowsController, ImagesController, PreviewController, StatisticsController],
  providers: [OpenVersions, ReadRows, ReadSamples, ReadImage, ReadPreview, ReadDocuments],
  exports: [OpenVersions],
})
export class DatasetContentsModule {}
