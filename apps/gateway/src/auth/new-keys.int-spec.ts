import { digestOf } from '../testing/keys';
import { runGateway } from '../testing/running-gateway';
import type { GatewayUnderTest } from '../testing/running-gateway';

describe('API keys that change', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    // It looks by itself once a minute: whatever it knows sooner, it looked up because of a request.
    gateway = await runGateway({ GATEWAY_KEYS_POLL_MS: '60000' });
  });
  afterAll(() => gateway.stop());

  it('work as soon as their maker has them, and no more once they are revoked', async () => {
    const { registry } = gateway;
    const others = registry.keys;
    registry.handle = (request, response) => {
      if (request.method === 'POST') registry.keys = [...others, digestOf('fresh')];
      if (request.method === 'DELETE') registry.keys = others;
      response.end();
    };
    const statusOf = async (): Promise<number> =>
      (await gateway.send('/api/v1/models', { headers: { 'x-api-key': 'fresh' } })).status;
    // The look that this asks for must not keep the next from coming too soon after it.
    expect(await statusOf()).toBe(401);
    await gateway.send('/api/v1/api-keys', { method: 'POST', body: '{}' });
    expect(await statusOf()).toBe(200);
    await gateway.send('/api/v1/api-keys/id-fresh', { method: 'DELETE' });
    expect(await statusOf()).toBe(401);
  });
});
