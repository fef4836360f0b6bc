import { Writable } from 'node:stream';
import { createLogger, HealthRegistry } from '..';
import type { HealthCheck } from '..';

const lines: string[] = [];
const logger = createLogger({
  service: 'registry',
  level: 'info',
  format: 'json',
  destination: new Writable({
    decodeStrings: false,
    write: (line: string, _, done) => (lines.push(line), done()),
  }),
});
const dependency = (name: string, check: () => Promise<void>): HealthCheck => ({ name, check });
const up = () => Promise.resolve();

describe('HealthRegistry', () => {
  let health: HealthRegistry;
  beforeEach(() => {
    lines.length = 0;
    health = new HealthRegistry('registry', logger);
  });

  it('is ready when it has started, its dependencies are up and its conditions are met', async () => {
    let loaded = false;
    health.add(dependency('postgres', up));
    health.addReadiness('models are not loaded yet', () => loaded);
    expect(await health.report()).toMatchObject({
      status: 'ok',
      ready: false,
      notReadyBecause: ['starting or stopping', 'models are not loaded yet'],
    });
    health.setReady(true);
    loaded = true;
    const report = await health.report();
    expect(report).toMatchObject({
      ready: true,
      notReadyBecause: [],
      dependencies: { postgres: { status: 'up' } },
    });
    expect(report.dependencies.postgres?.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it('tells which dependency is down, and logs why, once for each fall', async () => {
    let failing = true;
    health.setReady(true);
    health.add(dependency('postgres', up));
    health.add(dependency('redis', () => (failing ? Promise.reject(new Error('secret address')) : up())));
    const report = await health.report();
    await health.report();
    expect(report).toMatchObject({ status: 'unavailable', ready: false, notReadyBecause: ['redis is down'] });
    expect(JSON.stringify(report)).not.toContain('secret');
    expect(lines.filter((l) => l.includes('secret address'))).toHaveLength(1);
    failing = false;
    expect((await health.report()).ready).toBe(true);
    expect(lines.at(-1)).toContain('up again');
  });

  it('stays ready without what it can do without', async () => {
    health.setReady(true);
    health.add({ name: 'inference', required: false, check: () => Promise.reject(new Error('refused')) });
    expect(await health.report()).toMatchObject({
      status: 'degraded',
      ready: true,
      notReadyBecause: [],
      dependencies: { inference: { status: 'down' } },
    });
  });

  it('counts a check that does not answer as down', async () => {
    jest.useFakeTimers();
    health.add(dependency('postgres', () => new Promise(() => undefined)));
    const report = health.report();
    await jest.advanceTimersByTimeAsync(2_000);
    jest.useRealTimers();
    expect((await report).dependencies.postgres?.status).toBe('down');
  });

  it('asks once for callers that come together', async () => {
    let asked = 0;
    health.add(dependency('postgres', () => ((asked += 1), up())));
    await Promise.all([health.report(), health.report(), health.report()]);
    expect(asked).toBe(1);
    await health.report();
    expect(asked).toBe(2);
  });
});
