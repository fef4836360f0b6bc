import { Module } from '@nestjs/common';
import { BlobReferencesModule } from '../blob-references/blob-references.module';
import { AddVersion } from './add-version';
import { BuiltIns } from './built-ins';
import { DatasetRepository } from './dataset.repository';
import { DatasetsController } from './datasets.controller';
import { DrizzleDatasetRepository } from './drizzle-dataset.repository';
import { ImportBuiltIn } from './import-built-in';

@Module({
  imports: [BlobReferencesModule],
  controllers: [DatasetsController],
  providers: [
    ImportBuiltIn,
    BuiltIns,
    AddVersion,
    { provide: DatasetRepository, useClass: DrizzleDatasetRepository },
  ],
  exports: [DatasetRepository, AddVersion, ImportBuiltIn],
})
export class DatasetsModule {}
