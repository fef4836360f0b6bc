import { describeConfig, ServiceConfig, WithBlobs, WithDatabase, WithInference, WithRedis } from '.';

class GatewayConfig extends WithInference(WithBlobs(WithRedis(WithDatabase(ServiceConfig)))) {}

const variable = (name: string) => describeConfig(GatewayConfig).find((v) => v.name === name);

describe('describeConfig', () => {
  it('describes every variable once, with its rules', () => {
    const names = describeConfig(GatewayConfig).map((v) => v.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(0, 3)).toEqual(['NODE_ENV', 'HOST', 'PORT']);
    expect(variable('SHUTDOWN_GRACE_MS')).toMatchObject({
      type: 'number',
      default: '10000',
      required: false,
    });
    expect(variable('LOG_FORMAT')?.rules).toEqual(['must be one of the following values: json, pretty']);
    expect(variable('INFERENCE_URL')?.rules).toEqual(['must be a URL that begins with http:// or https://']);
  });

  it('tells required, optional and secret ones apart', () => {
    expect(variable('DATABASE_URL')).toMatchObject({ required: true, secret: true });
    expect(variable('OTEL_EXPORTER_OTLP_ENDPOINT')).toMatchObject({ required: false, secret: false });
    expect(variable('OTEL_EXPORTER_OTLP_ENDPOINT')).not.toHaveProperty('default');
  });

  it('gives every variable a description', () => {
    for (const { description } of describeConfig(GatewayConfig)) expect(description).toMatch(/\.$/);
  });
});
