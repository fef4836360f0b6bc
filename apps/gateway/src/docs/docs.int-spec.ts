import { eventually } from '@modelyard/platform-testing';
import { runGateway } from '../testing/running-gateway';
import type { GatewayUnderTest } from '../testing/running-gateway';

describe('the documentation', () => {
  let gateway: GatewayUnderTest;
  const get = (path: string): Promise<Response> => fetch(gateway.url + path);
  const document = (path: string): unknown => ({
    openapi: '3.0.0',
    info: { title: 'x', version: '1' },
    paths: { [path]: { post: { responses: {} } }, '/internal/secret': { get: {} } },
  });
  const paths = async (): Promise<string[]> => {
    const { paths: all } = (await (await get('/api/openapi.json')).json()) as { paths: object };
    return Object.keys(all);
  };

  beforeAll(async () => {
    gateway = await runGateway();
    gateway.registry.openApi = document('/api/v1/models');
    gateway.inference.openApi = document('/predict');
  });
  afterAll(() => gateway.stop());

  it('shows what it knows while a service is away, and the rest when it is back', async () => {
    await gateway.inference.die();
    expect(await paths()).toEqual(['/api/v1/models']);
    await gateway.inference.start();
    await eventually(async () => expect(await paths()).toEqual(['/api/v1/models', '/predict']));
    await gateway.registry.die();
    expect(await paths()).toEqual(['/api/v1/models', '/predict']);
    await gateway.registry.start();
  });

  it.each(['/', '/api/docs', '/api/docs/', '/api/redoc', '/api/redoc/'])(
    'serves %s with nothing from elsewhere and no script in the page',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const page = await response.text();
      expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect(page).not.toMatch(/<script>|<script [^>]*[^>/]>[^<]/);
      for (const [, asset = ''] of page.matchAll(/(?:src|href)="(\/api\/[^"]+\/[^"]+)"/g)) {
        const file = await get(asset);
        expect([asset, file.status]).toEqual([asset, 200]);
        expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(100);
      }
    },
  );

  it('keeps the key between visits', async () => {
    expect(await (await get('/api/docs/start.js')).text()).toContain('persistAuthorization: true');
  });

  it.each([
    '/api/docs/assets/package.json',
    '/api/docs/assets/',
    '/api/redoc/assets/redoc.lib.js',
    '/api/docs/assets/..%2f..%2fpackage.json',
  ])('serves no other file of the packages: %s', async (path) => {
    expect([400, 404]).toContain((await get(path)).status);
  });
});
