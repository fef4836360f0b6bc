import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { ServiceName } from '@modelyard/contracts';
import type { ServiceConfig } from '@modelyard/platform-config';

export interface ServiceDefinition {
  name: ServiceName;
  module: Type | DynamicModule;
  config: Readonly<ServiceConfig>;
  /** With it the service gives its OpenAPI document at `GET /internal/openapi.json`. */
  openApi?: { title: string; description: string };
  /** The largest body in bytes; 1 MiB by default. Larger ones are answered with 413. */
  bodyLimit?: number;
  /** Content type parsers, plugins and hooks of the service's own, added before any route. */
  configureFastify?(instance: FastifyInstance): void | Promise<void>;
}

export interface RunningService {
  app: NestFastifyApplication;
  /** With the port that it really listens on: `http://127.0.0.1:8081`. */
  url: string;
  /** Stops as a signal does, but leaves the process alive. Calling it again waits for the same stop. */
  stop(): Promise<void>;
}
