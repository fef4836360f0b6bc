import type { ServiceClient } from '@modelyard/platform-service-client';
import { IMPORTED, importStart } from '../testing/example-import';
import { HttpImportRegistry } from './http-import-registry';

function registryWith(body: unknown) {
  const request = jest.fn().mockResolvedValue({ status: 200, headers: {}, body });
  const close = jest.fn().mockResolvedValue(undefined);
  const client = { request, close } as unknown as ServiceClient;
  return { request, close, registry: new HttpImportRegistry(client, 9_000) };
}

it('starts, and goes on trying while the registry is away', async () => {
  const { registry, request } = registryWith(importStart());
  const { signal } = new AbortController();
  await expect(registry.start('a/b', 'attempt', signal)).resolves.toEqual(importStart());
  expect(request).toHaveBeenCalledWith(
    expect.objectContaining({
      path: '/internal/dataset-imports/a%2Fb/start',
      body: { attemptId: 'attempt' },
      retry: { forMs: 9_000 },
      signal,
    }),
  );
});

it('reports once', async () => {
  const { registry, request } = registryWith({ cancelRequested: true });
  await expect(registry.report('i', { log: 'x' })).resolves.toEqual({ cancelRequested: true });
  expect(request).toHaveBeenCalledWith(expect.objectContaining({ retry: 'never', body: { log: 'x' } }));
});

it('tells every ending on its own route', async () => {
  const { registry, request } = registryWith({ status: 'cancelled' });
  const failure = { error: { message: 'why', problems: [], problemCount: 0 }, retriable: true };
  await expect(registry.succeed('i', IMPORTED)).resolves.toBe('cancelled');
  await registry.fail('i', failure);
  await registry.cancelled('i');
  const calls = request.mock.calls.map(([{ path, body }]: [{ path: string; body: unknown }]) => [path, body]);
  expect(calls).toEqual([
    ['/internal/dataset-imports/i/succeed', IMPORTED],
    ['/internal/dataset-imports/i/fail', failure],
    ['/internal/dataset-imports/i/cancelled', {}],
  ]);
});

it('closes its connections with the service', async () => {
  const { registry, close } = registryWith(undefined);
  await registry.onApplicationShutdown();
  expect(close).toHaveBeenCalled();
});
