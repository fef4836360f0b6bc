import { HttpMetrics, Metrics } from '..';

describe('Metrics', () => {
  it('gives the same metric for the same name, in one registry', async () => {
    const metrics = new Metrics('registry');
    metrics.counter({ name: 'modelyard_a_total', help: 'A.' }).inc();
    metrics.counter({ name: 'modelyard_a_total', help: 'A.' }).inc();
    metrics.gauge({ name: 'modelyard_b', help: 'B.' }).set(2);
    metrics.histogram({ name: 'modelyard_c_seconds', help: 'C.', buckets: [1] }).observe(0.5);
    const text = await metrics.registry.metrics();
    expect(text).toContain('modelyard_a_total{service="registry"} 2');
    expect(text).toContain('modelyard_b{service="registry"} 2');
    expect(text).toContain('modelyard_c_seconds_bucket{le="1",service="registry"} 1');
    expect(text).toContain('process_resident_memory_bytes');
    metrics.onApplicationShutdown();
    expect(await metrics.registry.metrics()).toBe('\n');
  });

  it('keeps labels bounded whatever a client sends', async () => {
    const metrics = new Metrics('gateway');
    const http = new HttpMetrics(metrics);
    for (const method of ['GET', 'BREW', 'XX']) {
      http.started();
      http.finished({ method, route: undefined, status: 404, seconds: 0.001 });
    }
    http.started();
    const text = await metrics.registry.metrics();
    expect(text).toContain(
      'api_requests_total{method="other",route="unmatched",status="404",service="gateway"} 2',
    );
    expect(text).toContain('active_requests{service="gateway"} 1');
    metrics.registry.clear();
  });
});
