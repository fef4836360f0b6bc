import fc from 'fast-check';
import type { TableEngine } from '@modelyard/ml-tables';
import { Workspace } from '../testing/workspace';
import { compareRows } from './compare-rows';

type Sample = [content: string, label: string];

describe('compareRows', () => {
  const workspace = new Workspace();
  let engine: TableEngine;
  beforeAll(async () => (engine = await workspace.engine()));
  afterAll(() => workspace.close());

  const put = async (name: string, samples: readonly Sample[]): Promise<string> => {
    await engine.run(
      `create or replace table ${name} as
        select (o->>'r')::bigint as "row", encode(o->>'c') as content, o->>'l' as label
        from (select unnest(from_json($1, '["JSON"]')) as o)`,
      [JSON.stringify(samples.map(([c, l], r) => ({ r, c, l })))],
    );
    return name;
  };
  const compare = async (from: readonly Sample[], to: readonly Sample[]) =>
    compareRows(engine, await put('a_samples', from), await put('b_samples', to));

  it('tells what is added, removed and relabelled', async () => {
    const from: Sample[] = [
      ['x', 'a'],
      ['y', 'a'],
      ['y', 'a'],
      ['z', 'b'],
    ];
    const to: Sample[] = [
      ['new', 'b'],
      ['y', 'b'],
      ['y', 'a'],
      ['x', 'a'],
    ];
    await expect(compare(from, to)).resolves.toEqual({
      from: 4,
      to: 4,
      unchanged: 2,
      added: 1,
      removed: 1,
      relabelled: 1,
      examples: [{ fromRow: 1, toRow: 1, from: 'a', to: 'b' }],
    });
  });

  it('finds no difference between nothing and nothing', async () => {
    const counts = { from: 0, to: 0, unchanged: 0, added: 0, removed: 0, relabelled: 0 };
    await expect(compare([], [])).resolves.toEqual({ ...counts, examples: [] });
  });

  it('counts as pairing row by row does', async () => {
    const sample = fc.tuple(fc.constantFrom('p', 'q', 'r'), fc.constantFrom('a', 'b', 'c'));
    const samples = fc.array(sample, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(samples, samples, async (from, to) => {
        const { examples, ...counts } = await compare(from, to);
        expect(counts).toEqual(pairedByHand(from, to));
        expect(examples.length > 0).toBe(counts.relabelled > 0);
        for (const { fromRow, toRow, from: before, to: after } of examples) {
          expect(from[fromRow]?.[0]).toBe(to[toRow]?.[0]);
          expect([from[fromRow]?.[1], to[toRow]?.[1]]).toEqual([before, after]);
          expect(before).not.toBe(after);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function pairedByHand(from: readonly Sample[], to: readonly Sample[]) {
  const left = [...to];
  const take = (same: (other: Sample) => boolean): boolean => {
    const at = left.findIndex(same);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const rest = from.filter(([content, label]) => !take(([c, l]) => c === content && l === label));
  const gone = rest.filter(([content]) => !take(([c]) => c === content));
  return {
    from: from.length,
    to: to.length,
    unchanged: from.length - rest.length,
    added: left.length,
    removed: gone.length,
    relabelled: rest.length - gone.length,
  };
}
