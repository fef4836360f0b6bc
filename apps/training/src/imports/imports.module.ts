import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallerTokens } from '@modelyard/platform-access';
import { Logger } from '@modelyard/platform-observability';
import { ServiceClient } from '@modelyard/platform-service-client';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ActiveSessions } from '../supervision/active-sessions';
import { RELAY_TIMES } from '../supervision/report-relay';
import type { TrainingConfig } from '../training.config';
import { HttpImportRegistry } from './registry/http-import-registry';
import { ImportRegistry } from './registry/import-registry';
import { ExecuteImport } from './worker/execute-import';
import { ForkedImporterLauncher } from './worker/forked-importer-launcher';
import { ImportMetrics } from './worker/import-metrics';
import { ImportWorker } from './worker/import-worker';
import { importerEnvironment } from './worker/importer-environment';
import { ImporterLauncher } from './worker/importer-process';
import { ScratchFolders } from './worker/scratch-folders';

/** The importer's entry point; Node finds the file beside this one, compiled or not. */
const IMPORTER = join(__dirname, 'importer', 'main');

/** Of the time that a shutdown may take: what an importer's last words may take. It has stored all along what it has. */
const HAND_BACK_SHARE = 0.3;

/** Takes what is queued for import, and makes dataset versions of it. */
@Module({})
export class ImportsModule {
  static of(config: Readonly<TrainingConfig>): DynamicModule {
    return {
      module: ImportsModule,
      providers: [
        ActiveSessions,
        ImportMetrics,
        ImportWorker,
        {
          provide: ScratchFolders,
          useFactory: (logger: Logger) =>
            new ScratchFolders(config.importScratchFolder ?? join(tmpdir(), 'modelyard-imports'), logger),
          inject: [Logger],
        },
        {
          provide: ImportRegistry,
          useFactory: (logger: Logger) =>
            new HttpImportRegistry(
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
          provide: ImporterLauncher,
          useFactory: (logger: Logger) =>
            new ForkedImporterLauncher({
              modulePath: IMPORTER,
              environment: () => importerEnvironment(),
              logger,
            }),
          inject: [Logger],
        },
        {
          provide: ExecuteImport,
          useFactory: (
            registry: ImportRegistry,
            launcher: ImporterLauncher,
            sessions: ActiveSessions,
            metrics: ImportMetrics,
            folders: ScratchFolders,
            logger: Logger,
          ) =>
            new ExecuteImport({
              registry,
              launcher,
              sessions,
              metrics,
              folders,
              logger,
              relayTimes: { ...RELAY_TIMES, patienceMs: config.registryPatienceMs },
              handBackMs: config.shutdownGraceMs * HAND_BACK_SHARE,
              artifactStoreUrl: config.artifactStoreUrl,
              timeoutMs: config.importTimeoutMinutes * 60_000,
              limits: {
                maxBytes: config.importMaxBytes,
                memoryMiB: config.importMemoryMiB,
                threads: config.importThreads,
                residentMiB: config.importMaxResidentMiB,
              },
              egress: {
                allowedHosts: (config.importAllowedHosts ?? '')
                  .split(',')
                  .map((host) => host.trim())
                  .filter(Boolean),
                ...(config.importMirror === undefined ? {} : { mirror: config.importMirror }),
              },
            }),
          inject: [ImportRegistry, ImporterLauncher, ActiveSessions, ImportMetrics, ScratchFolders, Logger],
        },
      ],
    };
  }
}
