import { HealthRegistry, Logger, Metrics } from '@modelyard/platform-observability';
import type { BeforeApplicationShutdown, DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import { JobProducer } from './job-producer';
import { JobWorkers } from './job-workers';
import { Nudges } from './nudges';
import { QueueHealth } from './queue.health';
import { measureQueues } from './queue-metrics';

export interface QueueModuleOptions {
  redisUrl: string;
  role: 'producer' | 'worker' | 'both';
  /** At shutdown, how long jobs may run on before they are interrupted. Default 4,000. */
  graceMs?: number;
  /** How long interrupted jobs may take to end. Both must fit into the service's own grace period. Default `graceMs`. */
  endMs?: number;
}

const OPTIONS = Symbol('QueueModuleOptions');

/** Gives the application `JobProducer` or `JobWorkers` or both, by its role, and `Nudges`. */
@Module({})
export class QueueModule implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly producer: JobProducer,
    private readonly workers: JobWorkers,
    private readonly nudges: Nudges,
    @Inject(OPTIONS) private readonly options: QueueModuleOptions,
  ) {}

  static of(options: QueueModuleOptions): DynamicModule {
    const { redisUrl, role } = options;
    const producer = {
      provide: JobProducer,
      inject: [Logger, HealthRegistry, Metrics],
      useFactory: (logger: Logger, health: HealthRegistry, metrics: Metrics) => {
        const made = new JobProducer(redisUrl, logger);
        health.add(new QueueHealth(made));
        if (role !== 'worker') measureQueues(metrics, made);
        return made;
      },
    };
    const workers = {
      provide: JobWorkers,
      inject: [Logger],
      useFactory: (logger: Logger) => new JobWorkers(redisUrl, logger),
    };
    const nudges = {
      provide: Nudges,
      inject: [Logger],
      useFactory: (logger: Logger) => new Nudges(redisUrl, logger),
    };
    return {
      module: QueueModule,
      global: true,
      providers: [producer, workers, nudges, { provide: OPTIONS, useValue: options }],
      exports: [
        Nudges,
        ...(role === 'worker' ? [] : [JobProducer]),
        ...(role === 'producer' ? [] : [JobWorkers]),
      ],
    };
  }

  /** Before connections close: jobs that are being finished still need them. */
  beforeApplicationShutdown(): Promise<void> {
    const { graceMs = 4_000, endMs = graceMs } = this.options;
    return this.workers.close(graceMs, endMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.nudges.close();
    await this.producer.close();
  }
}
