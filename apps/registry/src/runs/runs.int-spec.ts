import type { Experiment, MetricPoint, Page, Problem, Run } from '@modelyard/contracts';
import { RegistryUnderTest } from '../testing/registry-under-test';

describe('runs', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => (registry = await RegistryUnderTest.start()));
  afterAll(() => registry.stop());

  const begin = (body: Record<string, unknown> = {}): Promise<Run> =>
    registry.ok<Run>('POST', '/api/v1/runs', body);
  const log = (id: string, metrics: unknown): Promise<{ status: number; body: Problem }> =>
    registry.call<Problem>('POST', `/api/v1/runs/${id}/metrics`, { metrics });
  const history = async (id: string, key: string): Promise<MetricPoint[]> =>
    (await registry.ok<Page<MetricPoint>>('GET', `/api/v1/runs/${id}/metrics/${encodeURIComponent(key)}`))
      .items;

  it('begins with params and tags, in Default when nothing else is said', async () => {
    const run = await begin({ name: 'first', params: { lr: '0.1' }, tags: { team: 'a' } });
    expect(run).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      name: 'first',
      experimentId: '0',
      status: 'running',
      params: { lr: '0.1' },
      tags: { team: 'a' },
      metrics: {},
      lifecycle: 'active',
      startedAt: expect.any(String) as string,
    });
    expect((await begin()).name).toMatch(/^run-[0-9a-f]{8}$/);
  });

  describe('metrics', () => {
    it('keeps every point once, and the latest by step, then time', async () => {
      const { id } = await begin();
      const points = [
        { key: 'loss', value: 0.5, step: 1, timestamp: 10 },
        { key: 'loss', value: 0.25, step: 3, timestamp: 20 },
        { key: 'loss', value: 0.4, step: 2, timestamp: 30 },
        { key: 'loss', value: 0.125, step: 3, timestamp: 15 },
      ];
      for (const batch of [points, points, points.slice(0, 2)])
        expect((await log(id, batch)).status).toBe(204);
      await expect(history(id, 'loss')).resolves.toEqual([points[0], points[2], points[3], points[1]]);
      await expect(registry.ok('GET', `/api/v1/runs/${id}`)).resolves.toMatchObject({
        metrics: { loss: 0.25 },
      });
    });

    it('carries NaN, infinities and extreme numbers unharmed', async () => {
      const { id } = await begin();
      const values = ['NaN', 'Infinity', '-Infinity', 5e-324, 1.7976931348623157e308, -0.1 - 0.2, 0.1 + 0.2];
      await log(
        id,
        values.map((value, step) => ({ key: 'v/a b:c', value, step, timestamp: 1 })),
      );
      expect((await history(id, 'v/a b:c')).map(({ value }) => value)).toEqual(values);
      await log(id, [{ key: 'last', value: 'NaN' }]);
      await expect(registry.ok('GET', `/api/v1/runs/${id}`)).resolves.toMatchObject({
        metrics: { last: 'NaN' },
      });
    });

    it('pages through a history, NaN included', async () => {
      const { id } = await begin();
      const values = [1, 'NaN', 3, 4, 5];
      await log(
        id,
        values.map((value, step) => ({ key: 'm', value, step, timestamp: 7 })),
      );
      const seen: unknown[] = [];
      let token: string | undefined;
      do {
        const query = token === undefined ? '' : `&pageToken=${token}`;
        const page = await registry.ok<Page<MetricPoint>>(
          'GET',
          `/api/v1/runs/${id}/metrics/m?pageSize=2${query}`,
        );
        seen.push(...page.items.map(({ value }) => value));
        token = page.nextPageToken;
      } while (token !== undefined);
      expect(seen).toEqual(values);
    });

    it('takes a thousand points, and no more', async () => {
      const { id } = await begin();
      const points = Array.from({ length: 1001 }, (_, step) => ({ key: 'm', value: step, step }));
      expect((await log(id, points.slice(1))).status).toBe(204);
      const refused = await log(id, points);
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'metrics' }] } });
    });

    it.each([
      ['no list', 5, 'metrics'],
      ['a missing value', [{ key: 'a' }], 'metrics[0].value'],
      ['null for a value', [{ key: 'a', value: null }], 'metrics[0].value'],
      ['a word for a value', [{ key: 'a', value: 'nan' }], 'metrics[0].value'],
      ['half a step', [{ key: 'a', value: 1, step: 0.5 }], 'metrics[0].step'],
      ['a huge step', [{ key: 'a', value: 1, step: 1e300 }], 'metrics[0].step'],
      ['a date for a timestamp', [{ key: 'a', value: 1, timestamp: '2026' }], 'metrics[0].timestamp'],
      [
        'a key with a bad character',
        [
          { key: 'a', value: 1 },
          { key: 'a\u0000', value: 1 },
        ],
        'metrics[1].key',
      ],
      ['a key that climbs', [{ key: '../a', value: 1 }], 'metrics[0].key'],
      ['a number for a key', [{ key: 1, value: 1 }], 'metrics[0].key'],
      ['an unknown field', [{ key: 'a', value: 1, unit: 's' }], 'metrics[0].unit'],
      ['no object', [null], 'metrics[0]'],
    ])('refuses %s', async (_, metrics, path) => {
      const { id } = await begin();
      expect(await log(id, metrics)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    });
  });

  describe('params', () => {
    const logParams = (id: string, params: unknown): Promise<{ status: number; body: Problem }> =>
      registry.call<Problem>('POST', `/api/v1/runs/${id}/params`, { params });

    it('may be logged again, but never changed, and then nothing of the request is kept', async () => {
      const { id } = await begin({ params: { lr: '0.1' } });
      expect((await logParams(id, { lr: '0.1', layers: '3' })).status).toBe(204);
      const refused = await logParams(id, { lr: '0.2', epochs: '5' });
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'CONFLICT', errors: [{ path: 'params.lr' }] },
      });
      await expect(registry.ok('GET', `/api/v1/runs/${id}`)).resolves.toMatchObject({
        params: { lr: '0.1', layers: '3' },
      });
    });

    it('lets one of two at once win, and tells the other', async () => {
      const { id } = await begin();
      const answers = await Promise.all(['a', 'b', 'c'].map((value) => logParams(id, { optimizer: value })));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
    });

    it.each([
      [{ lr: 0.1 }],
      [{ '': 'x' }],
      [{ lr: 'x'.repeat(6001) }],
      [{ lr: '\u0000' }],
      [[]],
      [null],
      [Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, 'v']))],
    ])('refuses wrong ones (%#)', async (params) => {
      const { id } = await begin();
      expect((await logParams(id, params)).status).toBe(400);
    });
  });

  it('replaces tags of the same name, and leaves the others', async () => {
    const { id } = await begin({ tags: { a: '1', b: '1' } });
    await registry.ok('POST', `/api/v1/runs/${id}/tags`, { tags: { b: '2', c: '2' } });
    await registry.ok('POST', `/api/v1/runs/${id}/tags`, { tags: {} });
    await expect(registry.ok('GET', `/api/v1/runs/${id}`)).resolves.toMatchObject({
      tags: { a: '1', b: '2', c: '2' },
    });
  });

  it('ends with its status, and refuses a change of what has changed meanwhile', async () => {
    const { id } = await begin();
    const path = `/api/v1/runs/${id}`;
    const etag = (await registry.call('GET', path)).headers.get('etag') ?? '';
    const ended = await registry.call<Run>(
      'PATCH',
      path,
      { status: 'failed', statusMessage: 'no memory' },
      {
        headers: { 'if-match': etag },
      },
    );
    expect(ended.body).toMatchObject({
      status: 'failed',
      statusMessage: 'no memory',
      endedAt: expect.any(String) as string,
    });
    expect(ended.headers.get('etag')).not.toBe(etag);
    const late = await registry.call('PATCH', path, { name: 'late' }, { headers: { 'if-match': etag } });
    expect(late.status).toBe(412);
    const named = await registry.ok<Run>('PATCH', path, { name: 'n', endedAt: '2026-01-01T00:00:00Z' });
    expect(named).toMatchObject({ name: 'n', endedAt: '2026-01-01T00:00:00.000Z' });
    const known = await registry.call('GET', path, undefined, { headers: { 'if-none-match': '"3"' } });
    expect(known.status).toBe(304);
  });

  describe('lists', () => {
    let experimentId: string;
    const ids: Record<string, string> = {};

    beforeAll(async () => {
      ({ id: experimentId } = await registry.ok<Experiment>('POST', '/api/v1/experiments', {
        name: 'ordering',
      }));
      const runs: [string, number | string | undefined, string | undefined][] = [
        ['low', 0.1, 'sgd'],
        ['none', undefined, undefined],
        ['high', 0.9, 'adam'],
        ['same', 0.5, 'adam'],
        ['also', 0.5, 'rmsprop'],
        ['nan', 'NaN', undefined],
      ];
      for (const [name, accuracy, optimizer] of runs) {
        const run = await begin({
          name,
          experimentId,
          ...(optimizer === undefined ? {} : { params: { optimizer } }),
        });
        ids[name] = run.id;
        if (accuracy !== undefined) await log(run.id, [{ key: 'accuracy', value: accuracy }]);
      }
      await registry.ok('PATCH', `/api/v1/runs/${ids['low']}`, { status: 'finished' });
    });

    async function names(query: string, pageSize = 2): Promise<string[]> {
      const found: string[] = [];
      let token: string | undefined;
      do {
        const page = await registry.ok<Page<Run>>(
          'GET',
          `/api/v1/runs?experimentId=${experimentId}&pageSize=${pageSize}&${query}${token === undefined ? '' : `&pageToken=${token}`}`,
        );
        found.push(...page.items.map(({ name }) => name));
        token = page.nextPageToken;
      } while (token !== undefined);
      return found;
    }

    it.each([1, 2, 3, 100])('orders by a metric, those without it last, in pages of %i', async (pageSize) => {
      const ties = ['same', 'also'].sort((a, b) => ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1));
      await expect(names('orderBy=metrics.accuracy desc', pageSize)).resolves.toEqual(
        ['nan', 'high', ...ties, 'low', 'none'], // PostgreSQL takes NaN for greater than every number
      );
      await expect(names('orderBy=metrics.accuracy', pageSize)).resolves.toEqual([
        'low',
        ...ties,
        'high',
        'nan',
        'none',
      ]);
    });

    it('orders by params, names and times', async () => {
      const byOptimizer = await names('orderBy=params.optimizer');
      expect(byOptimizer.slice(0, 2).sort()).toEqual(['high', 'same']);
      expect(byOptimizer.slice(2, 4)).toEqual(['also', 'low']);
      await expect(names('orderBy=name')).resolves.toEqual(['also', 'high', 'low', 'nan', 'none', 'same']);
      expect((await names('orderBy=endedAt'))[0]).toBe('low');
      expect(await names('')).toHaveLength(6);
    });

    it('filters by status', async () => {
      await expect(names('status=finished')).resolves.toEqual(['low']);
    });

    it('refuses a page token of another list', async () => {
      const page = await registry.ok<Page<Run>>(
        'GET',
        `/api/v1/runs?experimentId=${experimentId}&pageSize=1`,
      );
      const other = await registry.call('GET', `/api/v1/runs?pageSize=1&pageToken=${page.nextPageToken}`);
      expect(other.status).toBe(400);
    });

    it('refuses an order that it does not know', async () => {
      const answer = await registry.call<Problem>('GET', '/api/v1/runs?orderBy=color');
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'orderBy' }] } });
    });
  });

  const missing = 'f'.repeat(32);
  it.each([
    ['GET', `/api/v1/runs/${missing}`, undefined, 404],
    ['GET', '/api/v1/runs/short', undefined, 400],
    ['GET', `/api/v1/runs/${missing}/metrics/loss`, undefined, 404],
    ['POST', `/api/v1/runs/${missing}/metrics`, { metrics: [{ key: 'a', value: 1 }] }, 404],
    ['POST', `/api/v1/runs/${missing}/metrics`, { metrics: [] }, 404],
    ['POST', `/api/v1/runs/${missing}/params`, { params: { a: 'b' } }, 404],
    ['POST', `/api/v1/runs/${missing}/tags`, { tags: {} }, 404],
    ['PATCH', `/api/v1/runs/${missing}`, { name: 'x' }, 404],
    ['POST', '/api/v1/runs', { experimentId: '123456' }, 404],
    ['POST', '/api/v1/runs', { experimentId: 0 }, 400],
    ['POST', '/api/v1/runs', { startedAt: 'yesterday' }, 400],
    ['PATCH', `/api/v1/runs/${missing}`, { status: 'done' }, 400],
  ])('answers %s %s %j with %i', async (method, path, body, status) => {
    expect((await registry.call(method, path, body)).status).toBe(status);
  });
});
