import fc from 'fast-check';
import { groupedSplit } from './grouped-split';
import type { SampleGroup } from './grouped-split';

const usual = { train: 0.7, validation: 0.1, test: 0.2 };
const names = ['train', 'validation', 'test'] as const;

const anyGroups = fc
  .array(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), { maxLength: 60 })
  .map((all): SampleGroup[] => all.map((counts, index) => ({ key: `group ${index}`, counts })));

describe('groupedSplit', () => {
  it('does not depend on the order of the groups', () => {
    fc.assert(
      fc.property(anyGroups, fc.integer(), fc.infiniteStream(fc.nat()), (groups, seed, random) => {
        const order = groups.map((group) => [random.next().value as number, group] as const);
        const shuffled = order.sort(([a], [b]) => a - b).map(([, group]) => group);
        const byKey = (some: SampleGroup[]) => {
          const splits = groupedSplit(some, usual, seed);
          return Object.fromEntries(some.map(({ key }, index) => [key, splits[index]]));
        };
        expect(byKey(shuffled)).toEqual(byKey(groups));
      }),
    );
  });

  it('gives each split about its fraction of each class, when groups are small', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), (seed, size) => {
        const groups = Array.from({ length: 300 }, (_, i) => ({
          key: String(i),
          counts: [0, 1, 2].map((c) => (c === i % 3 ? size : 0)),
        }));
        const splits = groupedSplit(groups, usual, seed);
        for (const name of names) {
          for (const c of [0, 1, 2]) {
            const rows = groups.reduce(
              (sum, { counts }, i) => sum + (splits[i] === name ? (counts[c] as number) : 0),
              0,
            );
            expect(Math.abs(rows - 100 * size * usual[name])).toBeLessThanOrEqual(size);
          }
        }
      }),
    );
  });

  it('divides otherwise with another seed', () => {
    const groups = Array.from({ length: 40 }, (_, i) => ({ key: String(i), counts: [1, 1] }));
    expect(groupedSplit(groups, usual, 1)).not.toEqual(groupedSplit(groups, usual, 2));
  });

  it('puts a single group where it can be learnt from', () => {
    expect(groupedSplit([{ key: 'all', counts: [3, 4] }], usual, 1)).toEqual(['train']);
    expect(groupedSplit([], usual, 1)).toEqual([]);
  });

  it('fills up what the splits hold already', () => {
    const groups = Array.from({ length: 20 }, (_, i) => ({ key: String(i), counts: [1] }));
    const begun = { train: [80], validation: [0], test: [0] };
    const splits = groupedSplit(groups, { train: 0.8, validation: 0.1, test: 0.1 }, 1, begun);
    expect(names.map((name) => splits.filter((split) => split === name).length)).toEqual([0, 10, 10]);
  });

  it('refuses fractions that do not add up', () => {
    expect(() => groupedSplit([], { train: 1, validation: 1, test: 1 }, 1)).toThrow('add up to 1');
  });
});
