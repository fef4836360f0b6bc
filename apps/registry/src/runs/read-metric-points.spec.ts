import fc from 'fast-check';
import { toWire } from './metric-value';
import { readMetricPoints } from './read-metric-points';

it('fills in step and time', () => {
  expect(readMetricPoints([{ key: 'a', value: 1 }], 99)).toEqual([
    { key: 'a', value: 1, step: 0, timestamp: 99 },
  ]);
});

it('reads back every number that it would write', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      const [point] = readMetricPoints(JSON.parse(JSON.stringify([{ key: 'a', value: toWire(value) }])), 0);
      expect(point?.value).toBe(Object.is(value, -0) ? 0 : value); // JSON has no negative zero either
    }),
  );
});

it('names every wrong field, twenty at most', () => {
  const fields = (points: unknown): string[] => {
    try {
      readMetricPoints(points, 0);
      return [];
    } catch (error) {
      return (error as { fields: { path: string }[] }).fields.map(({ path }) => path);
    }
  };
  expect(fields([{ key: 'a' }, { value: 1 }])).toEqual(['metrics[0].value', 'metrics[1].key']);
  expect(fields(Array(50).fill({}))).toHaveLength(20);
});

it('takes nothing that is not a list of points', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      if (Array.isArray(value) && value.length === 0) return;
      expect(() => readMetricPoints(value, 0)).toThrow();
    }),
  );
});
