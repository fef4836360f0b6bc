import { Body, Controller, Get, Module, Param, ParseIntPipe, Post, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { AppError, ProblemFilter } from '.';
import type { ProblemFilterOptions } from '.';

@Controller('things')
class ThingsController {
  @Post()
  make(@Body() body: object) {
    return body;
  }
  @Get('full')
  full(): never {
    throw new AppError('OVERLOADED', 'Full.', { retryAfterSeconds: 0.2, cause: new Error('queue') });
  }
  @Get('broken')
  broken(): never {
    throw new Error('hunter2');
  }
  @Get('half')
  half(@Res() reply: FastifyReply): never {
    reply.raw.writeHead(200);
    reply.raw.write('half');
    throw new Error('in the middle');
  }
  @Get('number/:id')
  number(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }
}
@Module({ controllers: [ThingsController] })
class App {}

const apps: NestFastifyApplication[] = [];
async function start(options?: ProblemFilterOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: 100, genReqId: () => 'r-1' });
  const app = await NestFactory.create<NestFastifyApplication>(App, adapter, { logger: false });
  app.useGlobalFilters(new ProblemFilter(options));
  await app.init();
  apps.push(app);
  return app;
}
afterAll(() => Promise.all(apps.map((app) => app.close())));

describe('ProblemFilter', () => {
  const reports: [string, number][] = [];
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await start({
      report: (error, problem) => reports.push([(error.cause as Error).message, problem.status]),
      allowedMethods: (path) => (path === '/things' ? ['POST'] : []),
    });
  });
  beforeEach(() => (reports.length = 0));
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': type } });

  it('answers with a problem document', async () => {
    const response = await app.inject({ url: '/things/number/x?key=secret' });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.json()).toEqual({
      type: '/problems/validation-failed',
      title: 'The request is not valid',
      status: 400,
      code: 'VALIDATION_FAILED',
      detail: 'Validation failed (numeric string is expected)',
      instance: '/things/number/x',
      requestId: 'r-1',
    });
  });

  it.each([
    ['{"a":', 'application/json', 400, 'MALFORMED_BODY'],
    ['', 'application/json', 400, 'MALFORMED_BODY'],
    [`{"a":"${'x'.repeat(200)}"}`, 'application/json', 413, 'BODY_TOO_LARGE'],
    ['<a/>', 'application/xml', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('knows what is wrong with the body %p as %s', async (payload, type, status, code) => {
    const response = await post(payload, type);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code });
    expect(reports).toEqual([]);
  });

  it('tells wrong methods from wrong paths', async () => {
    const wrongMethod = await app.inject({ method: 'DELETE', url: '/things?x=1' });
    expect(wrongMethod.statusCode).toBe(405);
    expect(wrongMethod.headers.allow).toBe('POST');
    expect(wrongMethod.json()).toMatchObject({ detail: '/things takes POST, not DELETE.' });
    const wrongPath = await app.inject({ url: '/thing' });
    expect(wrongPath.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND', detail: 'There is no GET /thing.' });
  });

  it('reports what is our fault, once, and says nothing of it', async () => {
    const response = await app.inject({ url: '/things/broken' });
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('hunter2');
    expect(reports).toEqual([['hunter2', 500]]);
  });

  it('says when to try again, at least a second from now', async () => {
    const response = await app.inject({ url: '/things/full' });
    expect(response.headers['retry-after']).toBe('1');
    expect(reports).toEqual([['queue', 503]]);
  });

  it('breaks off an answer that has begun', async () => {
    await app.listen(0, '127.0.0.1');
    await expect(fetch(`${await app.getUrl()}/things/half`).then((r) => r.text())).rejects.toThrow();
    expect(reports).toEqual([['in the middle', 500]]);
  });

  it('needs no options', async () => {
    const plain = await start();
    expect((await plain.inject({ url: '/things/broken' })).statusCode).toBe(500);
    expect((await plain.inject({ method: 'DELETE', url: '/things' })).json()).toMatchObject({
      code: 'ROUTE_NOT_FOUND',
    });
  });
});
