import { HealthCheck } from '@modelyard/platform-observability';
import type { Upstream } from '../proxy/upstreams';

/** Whether a service answers. The gateway goes on without it: other routes work, and this one says what is missing. */
export class UpstreamHealth extends HealthCheck {
  override readonly required = false;
  readonly name: string;

  constructor(private readonly upstream: Upstream) {
    super();
    this.name = upstream.name;
  }

  async check(): Promise<void> {
    const { statusCode, body } = await this.upstream.pool.request({
      method: 'GET',
      path: '/health/live',
      headersTimeout: 1_500,
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  }
}
