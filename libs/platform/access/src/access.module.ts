import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ServiceConfig } from '@modelyard/platform-config';
import { CallerTokens } from './caller-tokens';
import { InternalTokenGuard } from './internal-token.guard';
import { RoleGuard } from './role.guard';

/**
 * Guards every route of an app: who calls, by internal token, and whether they may. Needs a `ConfigModule`. An app
 * that knows its callers otherwise (the gateway) takes `RoleGuard` alone, after a guard of its own.
 */
@Module({})
export class AccessModule {
  static of(): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      providers: [
        {
          provide: CallerTokens,
          inject: [ServiceConfig],
          useFactory: (config: ServiceConfig) => new CallerTokens(config.internalTokenSecret),
        },
        { provide: APP_GUARD, useClass: InternalTokenGuard },
        { provide: APP_GUARD, useClass: RoleGuard },
      ],
      exports: [CallerTokens],
    };
  }
}
