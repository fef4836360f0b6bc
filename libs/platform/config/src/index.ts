export { childEnvironment } from './child-environment';
export { ConfigError } from './config-error';
export { ConfigModule } from './config.module';
export { describeConfig } from './describe-config';
export type { EnvVariable } from './describe-config';
export { Env } from './env.decorator';
export type { EnvAbout } from './env.decorator';
export { IsUrlWithScheme } from './is-url-with-scheme';
export { loadConfig } from './load-config';
export { WithBlobs, WithDatabase, WithInference, WithRedis, WithRegistry } from './mixins';
export type {
  BlobsSettings,
  DatabaseSettings,
  InferenceSettings,
  RedisSettings,
  RegistrySettings,
} from './mixins';
export { LOG_LEVELS, ServiceConfig } from './service-config';
export type { LogLevel } from './service-config';
