import { startService } from '@modelyard/platform-service';
import type { RunningService } from '@modelyard/platform-service';
import type { GatewayConfig } from './gateway.config';
import { GatewayModule } from './gateway.module';
import { configureFastify } from './headers/configure-fastify';

/** Starts the public door; it is ready when it has seen the API keys once. */
export function startGateway(config: Readonly<GatewayConfig>): Promise<RunningService> {
  return startService({
    name: 'gateway',
    module: GatewayModule.of(config),
    config,
    configureFastify: (instance) => configureFastify(instance, config),
  });
}
