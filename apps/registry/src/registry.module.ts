import { join } from 'node:path';
import { AccessModule } from '@modelyard/platform-access';
import { BlobsModule } from '@modelyard/platform-blobs';
import { DatabaseModule } from '@modelyard/platform-database';
import { QueueModule } from '@modelyard/platform-queue';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AliasesModule } from './aliases/aliases.module';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { ChangesModule } from './changes/changes.module';
import { DatasetContentsModule } from './dataset-contents/dataset-contents.module';
import { DatasetContractsModule } from './dataset-contracts/dataset-contracts.module';
import { DatasetDeletionModule } from './dataset-deletion/dataset-deletion.module';
import { DatasetDescriptionModule } from './dataset-description/dataset-description.module';
import { DatasetImportsModule } from './dataset-imports/dataset-imports.module';
import { ReceiveFormInterceptor } from './dataset-imports/forms/receive-form.interceptor';
import { AwaitImportInterceptor } from './dataset-imports/waiting/await-import.interceptor';
import { DatasetLineageModule } from './dataset-lineage/dataset-lineage.module';
import { DatasetsModule } from './datasets/datasets.module';
import { DeploymentsModule } from './deployments/deployments.module';
import { ExperimentsModule } from './experiments/experiments.module';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor';
import { IdempotencyModule } from './idempotency/idempotency.module';
import { ImportProtocolModule } from './import-protocol/import-protocol.module';
import { ModelVersionsModule } from './model-versions/model-versions.module';
import { ModelsModule } from './models/models.module';
import { EtagInterceptor } from './preconditions/etag.interceptor';
import { ReconcilerModule } from './reconciler/reconciler.module';
import type { RegistryConfig } from './registry.config';
import { RunsModule } from './runs/runs.module';
import { SourcesModule } from './sources/sources.module';
import { StagesModule } from './stages/stages.module';
import { TrainingJobsModule } from './training-jobs/training-jobs.module';
import { TrainingProtocolModule } from './training-protocol/training-protocol.module';
import { UploadsModule } from './uploads/uploads.module';

/** The system of record. */
@Module({})
export class RegistryModule {
  static of(config: Readonly<RegistryConfig>): DynamicModule {
    return {
      module: RegistryModule,
      imports: [
        AccessModule.of(),
        DatabaseModule.of({
          url: config.databaseUrl,
          poolSize: config.databasePoolSize,
          migrations: join(__dirname, 'database/migrations'),
        }),
        QueueModule.of({ redisUrl: config.redisUrl, role: 'both' }),
        BlobsModule.of({ url: config.artifactStoreUrl }),
        SourcesModule,
        ChangesModule,
        IdempotencyModule,
        ApiKeysModule,
        UploadsModule,
        DatasetsModule,
        DatasetImportsModule,
        ImportProtocolModule,
        DatasetDescriptionModule,
        DatasetContentsModule,
        DatasetContractsModule,
        DatasetLineageModule,
        DatasetDeletionModule,
        ExperimentsModule,
        RunsModule,
        ModelsModule,
        ModelVersionsModule,
        StagesModule,
        AliasesModule,
        DeploymentsModule,
        TrainingJobsModule,
        TrainingProtocolModule,
        ReconcilerModule,
      ],
      providers: [
        // The first is the outermost: a replayed answer has its ETag already, and nobody waits within a transaction.
        { provide: APP_INTERCEPTOR, useClass: AwaitImportInterceptor },
        { provide: APP_INTERCEPTOR, useClass: ReceiveFormInterceptor },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
      ],
    };
  }
}
