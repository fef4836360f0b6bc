import { IsInt, Max, Min } from 'class-validator';
import { Env } from './env.decorator';
import { IsUrlWithScheme } from './is-url-with-scheme';
import type { ServiceConfig } from './service-config';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript asks for any[] in a mixin's base
type Class<T> = abstract new (...args: any[]) => T;
type ConfigClass = Class<ServiceConfig>;

export interface DatabaseSettings {
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
}

export interface RedisSettings {
  readonly redisUrl: string;
}

export interface BlobsSettings {
  readonly artifactStoreUrl: string;
}

export interface RegistrySettings {
  readonly registryUrl: string;
}

export interface InferenceSettings {
  readonly inferenceUrl: string;
}

/** Adds what a service that uses PostgreSQL reads. */
export function WithDatabase<B extends ConfigClass>(Base: B): B & Class<DatabaseSettings> {
  abstract class DatabaseConfig extends Base {
    @Env('DATABASE_URL', {
      description: 'PostgreSQL.',
      example: 'postgres://modelyard:password@127.0.0.1:5432/modelyard',
      secret: true,
    })
    @IsUrlWithScheme('postgres', 'postgresql')
    readonly databaseUrl!: string;

    @Env('DATABASE_POOL_SIZE', { description: 'The most connections to PostgreSQL.', default: 10 })
    @IsInt()
    @Min(1)
    @Max(1000)
    readonly databasePoolSize!: number;
  }
  return DatabaseConfig;
}

/** Adds what a service that uses Redis or Valkey reads. */
export function WithRedis<B extends ConfigClass>(Base: B): B & Class<RedisSettings> {
  abstract class RedisConfig extends Base {
    @Env('REDIS_URL', { description: 'Redis or Valkey.', example: 'redis://127.0.0.1:6379', secret: true })
    @IsUrlWithScheme('redis', 'rediss')
    readonly redisUrl!: string;
  }
  return RedisConfig;
}

/** Adds what a service that stores or reads artifacts reads. */
export function WithBlobs<B extends ConfigClass>(Base: B): B & Class<BlobsSettings> {
  abstract class BlobsConfig extends Base {
    @Env('ARTIFACT_STORE_URL', {
      description:
        'Where artifacts lie: a folder (`file:///…`), or `s3://bucket/prefix?endpoint=…&region=…` with credentials in the usual AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      example: 'file:///var/lib/modelyard/artifacts',
    })
    @IsUrlWithScheme('file', 's3')
    readonly artifactStoreUrl!: string;
  }
  return BlobsConfig;
}

/** Adds what a service that calls the registry reads. */
export function WithRegistry<B extends ConfigClass>(Base: B): B & Class<RegistrySettings> {
  abstract class RegistryClientConfig extends Base {
    @Env('REGISTRY_URL', { description: 'The registry service.', default: 'http://127.0.0.1:8081' })
    @IsUrlWithScheme('http', 'https')
    readonly registryUrl!: string;
  }
  return RegistryClientConfig;
}

/** Adds what a service that calls the inference service reads. */
export function WithInference<B extends ConfigClass>(Base: B): B & Class<InferenceSettings> {
  abstract class InferenceClientConfig extends Base {
    @Env('INFERENCE_URL', { description: 'The inference service.', default: 'http://127.0.0.1:8082' })
    @IsUrlWithScheme('http', 'https')
    readonly inferenceUrl!: string;
  }
  return InferenceClientConfig;
}
