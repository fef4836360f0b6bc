import { ConfigModule, loadConfig, ServiceConfig } from '.';

class ToolConfig extends ServiceConfig {}
const config = loadConfig(ToolConfig, { PORT: '0', INTERNAL_TOKEN_SECRET: 'z'.repeat(32) });

describe('ConfigModule', () => {
  it('gives one object under both classes, everywhere', () => {
    const module = ConfigModule.of(ToolConfig, config);
    expect(module.global).toBe(true);
    expect(module.providers).toEqual([
      { provide: ToolConfig, useValue: config },
      { provide: ServiceConfig, useValue: config },
    ]);
    expect(module.exports).toEqual(module.providers);
  });
});
