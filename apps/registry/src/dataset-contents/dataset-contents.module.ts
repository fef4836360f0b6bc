import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { ComparisonController } from './comparison.controller';
import { Compare } from './comparison/compare';
import { DownloadImages } from './download/download-images';
import { DownloadOriginal } from './download/download-original';
import { DownloadQuarantine } from './download/download-quarantine';
import { DownloadVersion } from './download/download-version';
import { ExportRows } from './download/export-rows';
import { DownloadsController } from './downloads.controller';
import { ImagesController } from './images.controller';
import { ReadImage } from './images/read-image';
import { LongWork } from './opening/long-work';
import { OpenVersions } from './opening/open-versions';
import { ScratchFolders } from './opening/scratch-folders';
import { PreviewController } from './preview.controller';
import { ReadPreview } from './preview/read-preview';
import { RowsController } from './rows.controller';
import { ReadRows } from './rows/read-rows';
import { ReadSamples } from './samples/read-samples';
import { StatisticsController } from './statistics.controller';
import { ReadDocuments } from './statistics/read-documents';

@Module({
  imports: [DatasetsModule],
  controllers: [
    RowsController,
    ImagesController,
    PreviewController,
    StatisticsController,
    DownloadsController,
    ComparisonController,
  ],
  providers: [
    { provide: ScratchFolders, useFactory: () => new ScratchFolders() },
    OpenVersions,
    LongWork,
    ExportRows,
    DownloadImages,
    DownloadOriginal,
    DownloadQuarantine,
    DownloadVersion,
    Compare,
    ReadRows,
    ReadSamples,
    ReadImage,
    ReadPreview,
    ReadDocuments,
  ],
  exports: [OpenVersions, LongWork],
})
export class DatasetContentsModule {}
