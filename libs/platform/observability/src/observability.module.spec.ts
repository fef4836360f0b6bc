import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthRegistry, Logger, Metrics, ObservabilityModule } from '.';

@Module({ imports: [ObservabilityModule.of({ service: 'registry' })] })
class Slice {}
@Module({ imports: [ObservabilityModule.of({ service: 'registry' }), Slice] })
class App {}

describe('ObservabilityModule', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), { logger: false });
    await app.init();
  });
  afterAll(() => app.close());
  const get = (url: string) => app.inject({ method: 'GET', url });

  it('serves metrics as text', async () => {
    app.get(Metrics).counter({ name: 'modelyard_x_total', help: 'X.' }).inc(3);
    const response = await get('/metrics');
    expect(response.headers['content-type']).toContain('text/plain');
    expect(response.body).toContain('modelyard_x_total{service="registry"} 3');
  });

  it('is alive from the beginning and ready when told so', async () => {
    expect((await get('/health/live')).statusCode).toBe(200);
    expect((await get('/health/ready')).statusCode).toBe(503);
    app.get(HealthRegistry).setReady(true);
    expect((await get('/health/ready')).statusCode).toBe(200);
  });

  it('answers 503 with the name of what is down', async () => {
    app.get(HealthRegistry).add({ name: 'redis', check: () => Promise.reject(new Error('no')) });
    const response = await get('/health');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ dependencies: { redis: { status: 'down' } } });
    expect((await get('/health/live')).statusCode).toBe(200);
  });

  it('gives one logger', () => {
    expect(app.get(Logger)).toBe(app.get(Logger, { strict: false }));
  });
});
