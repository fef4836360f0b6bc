import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { TableEngine } from '../engine/table-engine';
import { countBins } from './count-bins';

describe('countBins', () => {
  let folder: string;
  let engine: TableEngine;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bins-'));
    engine = await TableEngine.open({ folder });
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  it('gives the lower edge to the bin, and the last upper edge to the last bin', async () => {
    const rows = `(values (-1.0), (0.0), (0.5), (1.0), (1.9), (2.0), (2.1), (null), ('nan'::double), ('inf'::double)) t(x)`;
    const bins = { type: 'ranges' as const, edges: [0, 1, 2] };
    await expect(countBins(engine, rows, [{ expression: 'x', bins }])).resolves.toEqual([[1, 2, 3, 2, 2]]);
  });

  it('counts single values, all others, and missing ones', async () => {
    const rows = `(values ('a', true), ('b', null), ('', true), ('a', false), (null, true), ('zz', true)) t(x, y)`;
    const of = (expression: string, values: string[]) => ({
      expression,
      bins: { type: 'values' as const, values },
    });
    await expect(
      countBins(engine, rows, [
        of('x', ['b', 'a', 'none']),
        of('x', ['']),
        of('y::varchar', ['true', 'false']),
      ]),
    ).resolves.toEqual([
      [1, 2, 0, 2, 1],
      [1, 4, 1],
      [4, 1, 0, 1],
    ]);
  });

  it('counts nothing of nothing', async () => {
    const rows = '(select null::double as x, null::varchar as y where false)';
    await expect(
      countBins(engine, rows, [
        { expression: 'x', bins: { type: 'ranges', edges: [0, 1] } },
        { expression: 'y', bins: { type: 'values', values: ['a'] } },
      ]),
    ).resolves.toEqual([
      [0, 0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('counts as a loop would', async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const edges = fc.uniqueArray(number, { minLength: 2, maxLength: 8, selector: (x) => x + 0 || 0 });
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 30 }), edges, async (some, unsorted) => {
        const sorted = unsorted.map((x) => x + 0 || 0).sort((a, b) => a - b);
        const values = [...some, ...sorted];
        const rows = `(select unnest(cast('[${values.map(String).join(', ')}]' as double[])) as x)`;
        const [counts] = await countBins(engine, rows, [
          { expression: 'x', bins: { type: 'ranges', edges: sorted } },
        ]);
        const last = sorted.length - 1;
        const expected = new Array<number>(sorted.length + 2).fill(0);
        for (const value of values) {
          const above = value > (sorted[last] as number);
          const passed = sorted.filter((edge) => value >= edge).length;
          const bin = above ? last + 1 : Math.min(passed, last);
          expected[bin] = (expected[bin] as number) + 1;
        }
        expect(counts).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
