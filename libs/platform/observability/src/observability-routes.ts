import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { HealthRegistry } from './health/health-registry';
import { Metrics } from './metrics/metrics';

/**
 * `/metrics` and the health routes. They stand on Fastify itself, beside Nest's pipeline: no guard, pipe or
 * interceptor of an app can lock a probe out, and none is in the OpenAPI document.
 */
@Injectable()
export class ObservabilityRoutes implements OnModuleInit {
  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly metrics: Metrics,
    private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapter.httpAdapter?.getInstance<Partial<FastifyInstance> | undefined>();
    // A Nest application context (a command-line tool, a forked process, a test) has no HTTP server.
    if (fastify?.get === undefined) return;
    fastify.get('/metrics', async (_, reply) => {
      const text = await this.metrics.registry.metrics();
      return reply.type(this.metrics.registry.contentType).send(text);
    });
    fastify.get('/health', async (_, reply) => {
      const report = await this.health.report();
      return reply.status(report.status === 'unavailable' ? 503 : 200).send(report);
    });
    fastify.get('/health/live', () => ({ status: 'ok' }));
    fastify.get('/health/ready', async (_, reply) => {
      const report = await this.health.report();
      return reply.status(report.ready ? 200 : 503).send(report);
    });
  }
}
