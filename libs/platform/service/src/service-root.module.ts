import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@modelyard/platform-config';
import type { ServiceConfig } from '@modelyard/platform-config';
import { ObservabilityModule } from '@modelyard/platform-observability';
import type { ServiceDefinition } from './service-definition';
import { Shutdown } from './shutdown';

/** What every service has, around the service's own module. */
@Module({})
export class ServiceRootModule {
  static of({ name, module, config }: ServiceDefinition): DynamicModule {
    const schema = config.constructor as new () => ServiceConfig;
    return {
      module: ServiceRootModule,
      global: true,
      imports: [ConfigModule.of(schema, config), ObservabilityModule.of({ service: name }), module],
      providers: [Shutdown],
      exports: [Shutdown],
    };
  }
}
