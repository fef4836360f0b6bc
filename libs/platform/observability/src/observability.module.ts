import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { ServiceName } from '@modelyard/contracts';
import { ServiceConfig } from '@modelyard/platform-config';
import { HealthRegistry } from './health/health-registry';
import { createLogger } from './logging/create-logger';
import { Logger } from './logging/logger';
import { HttpMetrics } from './metrics/http-metrics';
import { Metrics } from './metrics/metrics';
import { ObservabilityRoutes } from './observability-routes';

const modules = new Map<ServiceName, DynamicModule>();

/**
 * Logger, metrics, health and their routes, for a whole app. The logger follows LOG_LEVEL and LOG_FORMAT where a
 * `ConfigModule` gives them.
 */
@Module({})
export class ObservabilityModule {
  /** The same object for the same service: however many modules import it, an app has it, and its routes, once. */
  static of({ service }: { service: ServiceName }): DynamicModule {
    const known = modules.get(service);
    if (known !== undefined) return known;
    const module: DynamicModule = {
      module: ObservabilityModule,
      global: true,
      providers: [
        {
          provide: Logger,
          inject: [{ token: ServiceConfig, optional: true }],
          useFactory: (config?: ServiceConfig) =>
            createLogger({ service, level: config?.logLevel ?? 'info', format: config?.logFormat ?? 'json' }),
        },
        { provide: Metrics, useFactory: () => new Metrics(service) },
        {
          provide: HealthRegistry,
          inject: [Logger],
          useFactory: (logger: Logger) => new HealthRegistry(service, logger),
        },
        HttpMetrics,
        ObservabilityRoutes,
      ],
      exports: [Logger, Metrics, HttpMetrics, HealthRegistry],
    };
    modules.set(service, module);
    return module;
  }
}
