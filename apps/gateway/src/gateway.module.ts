import { CallerTokens } from '@modelyard/platform-access';
import { ConfigModule } from '@modelyard/platform-config';
import { Logger, ObservabilityModule } from '@modelyard/platform-observability';
import { ServiceClient } from '@modelyard/platform-service-client';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiKeySource } from './auth/api-key-source';
import { Authenticate } from './auth/authenticate';
import { KeyRing } from './auth/key-ring';
import { RegistryApiKeys } from './auth/registry-api-keys';
import { SyncKeys } from './auth/sync-keys';
import { DocsRoutes } from './docs/docs-routes';
import { PublicDocument } from './docs/public-document';
import { GatewayConfig } from './gateway.config';
import { RateLimiter } from './limits/rate-limiter';
import { Forward } from './proxy/forward';
import { OpenStreams } from './proxy/open-streams';
import { ProxyRoutes } from './proxy/proxy-routes';
import { Upstreams } from './proxy/upstreams';
import { PublicRoutes } from './public-routes';

/** The access module is not here on purpose: the public door knows API keys, and takes no internal token from anyone. */
@Module({})
export class GatewayModule {
  static of(config: Readonly<GatewayConfig>): DynamicModule {
    const tokens = new CallerTokens(config.internalTokenSecret);
    return {
      module: GatewayModule,
      imports: [ConfigModule.of(GatewayConfig, config), ObservabilityModule.of({ service: 'gateway' })],
      providers: [
        { provide: CallerTokens, useValue: tokens },
        {
          provide: ServiceClient,
          inject: [Logger],
          useFactory: (logger: Logger) =>
            new ServiceClient({
              service: 'registry',
              baseUrl: config.registryUrl,
              tokens,
              self: 'gateway',
              logger,
            }),
        },
        { provide: ApiKeySource, useClass: RegistryApiKeys },
        KeyRing,
        SyncKeys,
        Authenticate,
        RateLimiter,
        Upstreams,
        OpenStreams,
        Forward,
        ProxyRoutes,
        PublicDocument,
        DocsRoutes,
        PublicRoutes,
      ],
    };
  }
}
