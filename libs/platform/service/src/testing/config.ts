import { loadConfig, ServiceConfig } from '@modelyard/platform-config';

export class TestConfig extends ServiceConfig {}

/** The configuration of a service under test: any free port, nothing logged but what `env` asks for. */
export function testConfig(env: Record<string, string> = {}): Readonly<TestConfig> {
  return loadConfig(TestConfig, {
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'silent',
    INTERNAL_TOKEN_SECRET: 'test-secret-test-secret-test-secret',
    ...env,
  });
}
