import { loadConfig } from '@modelyard/platform-config';
import type { RunningService } from '@modelyard/platform-service';
import { GatewayConfig } from '../gateway.config';
import { startGateway } from '../start-gateway';
import { FakeUpstream } from './fake-upstream';
import { digestOf } from './keys';

export const SECRET = 'test-secret-test-secret-test-secret';

export interface GatewayUnderTest {
  registry: FakeUpstream;
  inference: FakeUpstream;
  url: string;
  /** With the admin's key, unless the headers have another. */
  send(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** A real gateway on a real port, before services of which the spec writes every answer. */
export async function runGateway(env: Record<string, string> = {}): Promise<GatewayUnderTest> {
  const [registry, inference] = [new FakeUpstream(), new FakeUpstream()];
  await Promise.all([registry.start(), inference.start()]);
  registry.keys = [
    digestOf('admin', 'admin'),
    digestOf('viewer', 'viewer'),
    digestOf('predictor', 'predictor'),
  ];
  const config = loadConfig(GatewayConfig, {
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'silent',
    INTERNAL_TOKEN_SECRET: SECRET,
    REGISTRY_URL: registry.url,
    INFERENCE_URL: inference.url,
    ...env,
  });
  const service: RunningService = await startGateway(config);
  return {
    registry,
    inference,
    url: service.url,
    send: (path, init = {}) =>
      fetch(service.url + path, { ...init, headers: { 'x-api-key': 'admin', ...init.headers } }),
    async stop() {
      await service.stop();
      await Promise.all([registry.die(), inference.die()]);
    },
  };
}
