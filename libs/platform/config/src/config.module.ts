import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { loadConfig } from './load-config';
import { ServiceConfig } from './service-config';

/** Gives the frozen configuration to a whole app, under its own class and under `ServiceConfig`. */
@Module({})
export class ConfigModule {
  /**
   * @param value an object that was loaded before; without it the environment is read here
   * @throws ConfigError when the environment is wrong
   */
  static of<T extends object>(schema: new () => T, value: Readonly<T> = loadConfig(schema)): DynamicModule {
    const providers = [...new Set<unknown>([schema, ServiceConfig])].map((token) => ({
      provide: token as new () => T,
      useValue: value,
    }));
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
