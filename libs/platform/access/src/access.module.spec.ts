import { Controller, Delete, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ROLES } from '@modelyard/contracts';
import type { Caller, Role } from '@modelyard/contracts';
import { ConfigModule, loadConfig, ServiceConfig } from '@modelyard/platform-config';
import { ProblemFilter } from '@modelyard/platform-errors';
import { AccessModule, CallerOf, CallerTokens, InternalOnly, Public, Requires, roleAllows } from '.';

class TestConfig extends ServiceConfig {}
const config = loadConfig(TestConfig, { PORT: '0', INTERNAL_TOKEN_SECRET: 's'.repeat(32) });

@Controller('things')
class ThingsController {
  @Get()
  read(@CallerOf() caller: Caller) {
    return caller;
  }
  @Post()
  write() {
    return {};
  }
  @Delete()
  @Requires('admin')
  remove() {
    return {};
  }
  @Post('predict')
  @Requires('predictor')
  predict() {
    return {};
  }
  @Get('internal')
  @InternalOnly()
  internal() {
    return {};
  }
  @Get('public')
  @Public()
  open() {
    return {};
  }
  @Get('confused')
  @Public()
  confused(@CallerOf() caller: Caller) {
    return caller;
  }
}

@Module({
  imports: [ConfigModule.of(TestConfig, config), AccessModule.of()],
  controllers: [ThingsController],
})
class App {}

describe('AccessModule', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), { logger: false });
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
  });
  afterAll(() => app.close());

  async function status(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    role?: Role,
    kind: Caller['kind'] = 'api-key',
  ) {
    const caller: Caller = { id: 'k', name: 'Ada', role: role ?? 'viewer', kind };
    const token = `Bearer ${app.get(CallerTokens).sign(caller, 'r')}`;
    const headers = role === undefined ? {} : { 'x-modelyard-caller': token };
    return (await app.inject({ method, url: `/things${path}`, headers })).statusCode;
  }

  it('lets nobody in without a token, but where it is public', async () => {
    expect(await status('GET', '')).toBe(401);
    expect(await status('POST', '/predict')).toBe(401);
    expect(await status('GET', '/internal')).toBe(401);
    expect(await status('GET', '/public')).toBe(200);
  });

  it.each([['garbage'], ['Bearer'], ['Bearer a.b.c'], ['Basic abc']])(
    'refuses %p as a token',
    async (value) => {
      const response = await app.inject({
        method: 'GET',
        url: '/things',
        headers: { 'x-modelyard-caller': value },
      });
      expect(response.statusCode).toBe(401);
      expect(response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  );

  const allowed: [string, 'GET' | 'POST' | 'DELETE', string, Role[]][] = [
    ['reading', 'GET', '', ['viewer', 'editor', 'admin']],
    ['writing', 'POST', '', ['editor', 'admin']],
    ['what needs an admin', 'DELETE', '', ['admin']],
    ['predicting', 'POST', '/predict', ['predictor', 'viewer', 'editor', 'admin']],
  ];
  it.each(allowed)('allows %s to those who may', async (_, method, path, roles) => {
    for (const role of ROLES) {
      const expected = roles.includes(role) ? expect.not.stringMatching('403') : '403';
      expect(String(await status(method, path, role))).toEqual(expected);
    }
  });

  it('keeps internal routes for services', async () => {
    expect(await status('GET', '/internal', 'admin')).toBe(403);
    expect(await status('GET', '/internal', 'admin', 'service')).toBe(200);
  });

  it('gives the handler its caller', async () => {
    const caller: Caller = { id: 'k9', name: 'Ada', role: 'viewer', kind: 'api-key' };
    const token = app.get(CallerTokens).sign(caller, 'r');
    const response = await app.inject({
      url: '/things',
      headers: { 'x-modelyard-caller': `Bearer ${token}` },
    });
    expect(response.json()).toEqual(caller);
    expect(await status('GET', '/confused', 'admin')).toBe(401);
  });
});

describe('roleAllows', () => {
  it('orders the roles', () => {
    expect(ROLES.map((needed) => ROLES.filter((role) => roleAllows(role, needed)).length)).toEqual([
      4, 3, 2, 1,
    ]);
  });
});
