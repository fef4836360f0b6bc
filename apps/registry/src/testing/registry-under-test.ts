import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Caller, Role } from '@modelyard/contracts';
import { HEADERS } from '@modelyard/contracts';
import { CallerTokens } from '@modelyard/platform-access';
import { loadConfig } from '@modelyard/platform-config';
import { Database } from '@modelyard/platform-database';
import type { RunningService } from '@modelyard/platform-service';
import { createTestDatabase, createTestRedis } from '@modelyard/platform-testing';
import { RegistryConfig } from '../registry.config';
import { startRegistry } from '../start-registry';

const SECRET = 'a secret that only the tests of the registry know';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface CallOptions {
  as?: Role | 'training' | 'inference' | 'gateway';
  headers?: Record<string, string>;
}

/** The environment of a registry with a database, a Redis and a blob store of its own. */
export interface TestEnvironment {
  variables: Record<string, string>;
  folder: string;
  /** Makes Redis lose all that it holds. */
  emptyRedis(): Promise<void>;
  drop(): Promise<void>;
}

export async function createEnvironment(overrides: Record<string, string> = {}): Promise<TestEnvironment> {
  const database = await createTestDatabase();
  const redis = await createTestRedis();
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const variables = {
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    INTERNAL_TOKEN_SECRET: SECRET,
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    ARTIFACT_STORE_URL: pathToFileURL(join(folder, 'blobs')).href,
    ADMIN_KEY_FILE: join(folder, 'admin-key'),
    RECONCILE_INTERVAL_MS: '3600000',
    ...overrides,
  };
  return {
    variables,
    folder,
    emptyRedis: () => redis.empty(),
    drop: async () => {
      await database.drop();
      await redis.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A running registry, spoken to over HTTP as the gateway and the other services do. */
export class RegistryUnderTest {
  private readonly tokens = new CallerTokens(SECRET);

  private constructor(
    readonly service: RunningService,
    readonly environment: TestEnvironment,
    private readonly ownsEnvironment: boolean,
  ) {}

  static async start(environment?: TestEnvironment): Promise<RegistryUnderTest> {
    const used = environment ?? (await createEnvironment());
    const config = loadConfig(RegistryConfig, used.variables);
    return new RegistryUnderTest(await startRegistry(config), used, environment === undefined);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    if (this.ownsEnvironment) await this.environment.drop();
  }

  get database(): Database {
    return this.service.app.get(Database, { strict: false });
  }

  async call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<Answer<T>> {
    const response = await this.fetch(method, path, body, options);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const content: unknown = isJson && text !== '' ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: content as T };
  }

  /** Like `call`, for an answer that must be a success: throws what the registry said otherwise. */
  async ok<T = unknown>(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
    const answer = await this.call<T>(method, path, body, options);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  /** What the gateway says of a caller: for clients that send their requests themselves. */
  headers(as: NonNullable<CallOptions['as']> = 'admin'): Record<string, string> {
    return { [HEADERS.internalToken]: `Bearer ${this.tokens.sign(callerNamed(as), 'test-request')}` };
  }

  fetch(
    method: string,
    path: string,
    body?: unknown,
    { as = 'admin', headers = {} }: CallOptions = {},
  ): Promise<Response> {
    const isText = typeof body === 'string';
    return fetch(`${this.service.url}${path}`, {
      method,
      headers: {
        ...this.headers(as),
        ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
  }
}

function callerNamed(as: NonNullable<CallOptions['as']>): Caller {
  if (as === 'training' || as === 'inference' || as === 'gateway') {
    return { id: `service:${as}`, name: as, role: 'admin', kind: 'service' };
  }
  return {
    id: `0123456789abcd${as.length.toString(16).padStart(2, '0')}`,
    name: as,
    role: as,
    kind: 'api-key',
  };
}
