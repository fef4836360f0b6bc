import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CallerTokens } from '@modelyard/platform-access';
import { BlobStore, BlobsModule } from '@modelyard/platform-blobs';
import { ConfigModule } from '@modelyard/platform-config';
import { Logger } from '@modelyard/platform-observability';
import { QueueModule } from '@modelyard/platform-queue';
import { ServiceClient } from '@modelyard/platform-service-client';
import { ImportsModule } from './imports/imports.module';
import { HttpTrainingRegistry } from './registry/http-training-registry';
import { TrainingRegistry } from './registry/training-registry';
import { TrainingConfig } from './training.config';
import { ActiveSessions } from './supervision/active-sessions';
import { ExecuteTraining } from './worker/execute-training';
import { ForkedTrainerLauncher } from './worker/forked-trainer-launcher';
import { RELAY_TIMES } from './supervision/report-relay';
import { trainerEnvironment } from './worker/trainer-environment';
import { TrainerLauncher } from './worker/trainer-process';
import { TrainingMetrics } from './worker/training-metrics';
import { TrainingWorker } from './worker/training-worker';

/** The trainer's entry point; Node finds the file beside this one, compiled or not. */
const TRAINER = join(__dirname, 'trainer', 'main');

/** Of the time that a shutdown may take, the part in which trainers store their state; half as much is for telling the registry. */
const HAND_BACK_SHARE = 0.6;

@Module({})
export class TrainingModule {
  static of(config: Readonly<TrainingConfig>): DynamicModule {
    return {
      module: TrainingModule,
      imports: [
        ConfigModule.of(TrainingConfig, config),
        BlobsModule.of({ url: config.artifactStoreUrl }),
        QueueModule.of({
          redisUrl: config.redisUrl,
          role: 'worker',
          // A training is handed back at once: waiting for it to finish would only take time from storing its state.
          graceMs: 0,
          endMs: config.shutdownGraceMs,
        }),
        ImportsModule.of(config),
      ],
      providers: [
        ActiveSessions,
        TrainingMetrics,
        TrainingWorker,
        {
          provide: TrainingRegistry,
          useFactory: (logger: Logger) =>
            new HttpTrainingRegistry(
              new ServiceClient({
                service: 'registry',
                self: 'training',
                baseUrl: config.registryUrl,
                tokens: new CallerTokens(config.internalTokenSecret),
                logger,
              }),
              config.registryPatienceMs,
            ),
          inject: [Logger],
        },
        {
          provide: TrainerLauncher,
          useFactory: (logger: Logger) =>
            new ForkedTrainerLauncher({ modulePath: TRAINER, environment: trainerEnvironment, logger }),
          inject: [Logger],
        },
        {
          provide: ExecuteTraining,
          useFactory: (
            registry: TrainingRegistry,
            launcher: TrainerLauncher,
            sessions: ActiveSessions,
            metrics: TrainingMetrics,
            blobs: BlobStore,
            logger: Logger,
          ) =>
            new ExecuteTraining({
              registry,
              launcher,
              sessions,
              metrics,
              blobs,
              logger,
              relayTimes: { ...RELAY_TIMES, patienceMs: config.registryPatienceMs },
              handBackMs: config.shutdownGraceMs * HAND_BACK_SHARE,
              assignment: {
                artifactStoreUrl: config.artifactStoreUrl,
                checkpointIntervalMs: config.checkpointIntervalMs,
                ...(config.trainingMaxThreads === undefined ? {} : { maxThreads: config.trainingMaxThreads }),
                ...(config.sourceCommit === undefined ? {} : { sourceCommit: config.sourceCommit }),
              },
            }),
          inject: [TrainingRegistry, TrainerLauncher, ActiveSessions, TrainingMetrics, BlobStore, Logger],
        },
      ],
    };
  }
}
