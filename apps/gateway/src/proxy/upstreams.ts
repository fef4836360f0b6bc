import type { ServiceName } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'undici';
import { GatewayConfig } from '../gateway.config';

/** The services that stand behind the public door. */
export type UpstreamName = Extract<ServiceName, 'registry' | 'inference'>;

export interface Upstream {
  name: UpstreamName;
  pool: Pool;
}

const MAX_CONNECTIONS = 256;

/** One pool of kept connections for each service. */
@Injectable()
export class Upstreams implements OnApplicationShutdown {
  private readonly upstreams: Record<UpstreamName, Upstream>;

  constructor(config: GatewayConfig) {
    const open = (name: UpstreamName, url: string): Upstream => ({
      name,
      pool: new Pool(new URL(url).origin, {
        connections: MAX_CONNECTIONS,
        pipelining: 1,
        connect: { timeout: 2_000 },
        headersTimeout: config.upstreamTimeoutMs,
        bodyTimeout: config.upstreamIdleMs,
        // Below the 5 seconds after which some servers close: a request must not meet a closing connection.
        keepAliveTimeout: 4_000,
      }),
    });
    this.upstreams = {
      registry: open('registry', config.registryUrl),
      inference: open('inference', config.inferenceUrl),
    };
  }

  get(name: UpstreamName): Upstream {
    return this.upstreams[name];
  }

  all(): Upstream[] {
    return Object.values(this.upstreams);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.all().map(({ pool }) => pool.destroy()));
  }
}
