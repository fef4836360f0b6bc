import fc from 'fast-check';
import { IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import {
  ConfigError,
  Env,
  loadConfig,
  ServiceConfig,
  WithBlobs,
  WithDatabase,
  WithRedis,
  WithRegistry,
} from '.';

class RegistryConfig extends WithBlobs(WithRedis(WithDatabase(ServiceConfig))) {
  @Env('PORT', { description: 'The port.', default: 8081 })
  override readonly port!: number;

  @Env('SIGN_UP', { description: 'May strangers come in?', default: false })
  @IsBoolean()
  readonly signUp!: boolean;

  @Env('BATCH', { description: 'Rows a batch.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(99, { message: '$property is $value, at most $constraint1' })
  readonly batch?: number;
}

const right = {
  INTERNAL_TOKEN_SECRET: 'x'.repeat(32),
  DATABASE_URL: 'postgres://u:p@localhost/db',
  REDIS_URL: 'redis://localhost:6379',
  ARTIFACT_STORE_URL: 's3://bucket/prefix?endpoint=http://localhost:9000',
};

function failure(env: Record<string, string>): ConfigError {
  try {
    loadConfig(RegistryConfig, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('loadConfig', () => {
  it('fills defaults, converts types and freezes', () => {
    const config = loadConfig(RegistryConfig, {
      ...right,
      DATABASE_POOL_SIZE: ' 4 ',
      SIGN_UP: 'TRUE',
      LOG_LEVEL: '',
    });
    expect(config).toMatchObject({
      nodeEnv: 'development',
      host: '127.0.0.1',
      port: 8081,
      logLevel: 'info',
      logFormat: 'json',
      databasePoolSize: 4,
      signUp: true,
      shutdownDrainMs: 0,
      shutdownGraceMs: 10_000,
      redisUrl: 'redis://localhost:6379',
    });
    expect(config.otlpEndpoint).toBeUndefined();
    expect(config).toBeInstanceOf(RegistryConfig);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('names all wrong variables at once', () => {
    const error = failure({
      PORT: '80a',
      REDIS_URL: 'http://x',
      SIGN_UP: 'perhaps',
      INTERNAL_TOKEN_SECRET: 'short',
    });
    expect(error.variables.sort()).toEqual(
      ['ARTIFACT_STORE_URL', 'DATABASE_URL', 'INTERNAL_TOKEN_SECRET', 'PORT', 'REDIS_URL', 'SIGN_UP'].sort(),
    );
    expect(error.message).toContain('DATABASE_URL is required');
    expect(error.message).toContain('PORT must be a number');
    expect(error.message).toContain('REDIS_URL must be a URL that begins with redis:// or rediss://');
    expect(error.message).toContain('INTERNAL_TOKEN_SECRET must be longer than or equal to 32 characters');
    expect(error.message).toContain('SIGN_UP must be a boolean');
  });

  it('keeps the rules of a field that is declared again', () => {
    expect(failure({ ...right, PORT: '70000' }).message).toContain('PORT must not be greater than 65535');
  });

  it('never shows a value, even where a rule would', () => {
    expect(failure({ ...right, BATCH: '123456789' }).message).not.toContain('123456789');
    const wrong = fc.string({ minLength: 6, maxLength: 31 }).map((s) => `§${s}`);
    fc.assert(
      fc.property(wrong, wrong, (secret, url) => {
        const text = failure({
          ...right,
          INTERNAL_TOKEN_SECRET: secret,
          DATABASE_URL: url,
          PORT: secret,
        }).message;
        expect(text).not.toContain(secret);
        expect(text).not.toContain(url);
      }),
    );
  });

  it('refuses numbers that are none', () => {
    for (const PORT of ['8e', '1,5', 'NaN', 'Infinity', '1.5', '-1', '0x']) {
      expect(failure({ ...right, PORT }).variables).toEqual(['PORT']);
    }
  });

  it('checks a field of a plain class too', () => {
    class Tool extends WithRegistry(ServiceConfig) {
      @Env('NAME', { description: 'A name.' })
      @Matches(/^[a-z]+$/)
      readonly toolName!: string;
    }
    const env = { PORT: '0', INTERNAL_TOKEN_SECRET: 'y'.repeat(40), NAME: 'abc' };
    expect(loadConfig(Tool, env)).toMatchObject({ toolName: 'abc', registryUrl: 'http://127.0.0.1:8081' });
    expect(() => loadConfig(Tool, { ...env, NAME: 'A' })).toThrow(/NAME must match/);
  });
});
