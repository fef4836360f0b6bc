import { HealthRegistry } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { DocsRoutes } from './docs/docs-routes';
import { UpstreamHealth } from './health/upstream-health';
import { ProxyRoutes } from './proxy/proxy-routes';
import { Upstreams } from './proxy/upstreams';

/** Puts the gateway's routes on Fastify itself: Nest's pipeline would read bodies that are only passing through. */
@Injectable()
export class PublicRoutes implements OnModuleInit {
  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly docs: DocsRoutes,
    private readonly proxy: ProxyRoutes,
    private readonly upstreams: Upstreams,
    private readonly health: HealthRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const upstream of this.upstreams.all()) this.health.add(new UpstreamHealth(upstream));
    const fastify = this.adapter.httpAdapter.getInstance<FastifyInstance>();
    await this.docs.register(fastify);
    this.proxy.register(fastify);
  }
}
