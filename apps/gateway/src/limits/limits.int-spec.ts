import { runGateway } from '../testing/running-gateway';
import type { GatewayUnderTest } from '../testing/running-gateway';

const remainingOf = ({ headers }: Response): number => Number(headers.get('ratelimit-remaining'));

describe('the limits of the gateway', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await runGateway({
      GATEWAY_RATE_PER_SECOND: '1',
      GATEWAY_RATE_BURST: '3',
      CORS_ORIGINS: 'https://app.example.com, https://other.example.com',
    });
  });
  afterAll(() => gateway.stop());

  it('counts the requests of a key, and says when it may come again', async () => {
    // All at once: on a slow machine a second may pass between one and the next, which earns another token.
    const answers = await Promise.all(Array.from({ length: 5 }, () => gateway.send('/api/v1/models')));
    answers.sort((a, b) => a.status - b.status || remainingOf(b) - remainingOf(a));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(answers.map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual([
      '2',
      '1',
      '0',
      '0',
      '0',
    ]);
    const limited = answers.at(-1) as Response;
    expect(limited.headers.get('ratelimit-limit')).toBe('3');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await limited.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    const another = await gateway.send('/api/v1/models', { headers: { 'x-api-key': 'viewer' } });
    expect(another.status).toBe(200);
  });

  it('lets the configured origins in, and no other', async () => {
    const preflight = (origin: string): Promise<Response> =>
      fetch(`${gateway.url}/api/v1/models`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-api-key',
        },
      });
    const known = await preflight('https://app.example.com');
    expect(known.status).toBe(204);
    expect(known.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(known.headers.get('access-control-allow-headers')).toBe('x-api-key');
    const unknown = await preflight('https://evil.example.com');
    expect(unknown.headers.get('access-control-allow-origin')).toBeNull();
    const refused = await fetch(`${gateway.url}/api/v1/models`, {
      headers: { origin: 'https://app.example.com' },
    });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  });
});
