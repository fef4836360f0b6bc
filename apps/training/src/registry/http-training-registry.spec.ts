import type { ServiceClient } from '@modelyard/platform-service-client';
import { RESULT, startOf } from '../testing/example-job';
import { HttpTrainingRegistry } from './http-training-registry';

function registryWith(body: unknown) {
  const request = jest.fn().mockResolvedValue({ status: 200, headers: {}, body });
  const close = jest.fn().mockResolvedValue(undefined);
  const client = { request, close } as unknown as ServiceClient;
  return { request, close, registry: new HttpTrainingRegistry(client, 9_000) };
}

it('starts, and goes on trying while the registry is away', async () => {
  const { registry, request } = registryWith(startOf());
  const { signal } = new AbortController();
  await expect(registry.start('a/b', signal)).resolves.toEqual(startOf());
  expect(request).toHaveBeenCalledWith({
    method: 'POST',
    path: '/internal/training-jobs/a%2Fb/start',
    body: {},
    retry: { forMs: 9_000 },
    signal,
  });
});

it('reports once, with numbers that JSON does not have as text', async () => {
  const { registry, request } = registryWith({ cancelRequested: true });
  const points = [1.5, NaN, -Infinity].map((value) => ({ key: 'loss', value, step: 1, timestamp: 2 }));
  const progress = { epoch: 1, epochs: 2, metrics: { loss: NaN, accuracy: 1 } };
  await expect(registry.report('j', { progress, metrics: points, params: {}, tags: {} })).resolves.toEqual({
    cancelRequested: true,
  });
  expect(request).toHaveBeenCalledWith(expect.objectContaining({ retry: 'never' }));
  const [{ body }] = request.mock.calls[0] as [
    { body: { metrics: { value: unknown }[]; progress: unknown } },
  ];
  expect(body.metrics.map(({ value }) => value)).toEqual([1.5, 'NaN', '-Infinity']);
  expect(body.progress).toEqual({ epoch: 1, epochs: 2, metrics: { loss: 'NaN', accuracy: 1 } });
});

it('tells every ending on its own route', async () => {
  const { registry, request } = registryWith({ status: 'cancelled' });
  await registry.checkpoint('j', { epoch: 1, sha256: 'a', size: 1 });
  await expect(registry.succeed('j', RESULT)).resolves.toBe('cancelled');
  await registry.fail('j', 'why', true);
  await registry.cancelled('j');
  const calls = request.mock.calls.map(([{ path, body }]: [{ path: string; body: unknown }]) => [path, body]);
  expect(calls).toEqual([
    ['/internal/training-jobs/j/checkpoint', { checkpoint: { epoch: 1, sha256: 'a', size: 1 } }],
    ['/internal/training-jobs/j/succeed', RESULT],
    ['/internal/training-jobs/j/fail', { error: 'why', retriable: true }],
    ['/internal/training-jobs/j/cancelled', {}],
  ]);
});

it('closes its connections with the service', async () => {
  const { registry, close } = registryWith(undefined);
  await registry.onApplicationShutdown();
  expect(close).toHaveBeenCalled();
});
