import fc from 'fast-check';
import type { PackedDataset } from '../packed-dataset';

/** Any small, valid dataset: images or tables, either dtype, any class names. */
export const anyDataset: fc.Arbitrary<PackedDataset> = fc
  .record({
    kind: fc.constantFrom('image' as const, 'table' as const),
    dtype: fc.constantFrom('uint8' as const, 'float32' as const),
    labels: fc.constantFrom('uint8' as const, 'int32' as const),
    classes: fc.uniqueArray(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 4 }),
    sides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(1, 3)),
    rows: fc.nat(12),
    numbers: fc.infiniteStream(fc.nat(255)),
  })
  .map(({ kind, dtype, labels, classes, sides, rows, numbers }) => {
    const shape = kind === 'image' ? [...sides] : [sides[0]];
    const size = rows * shape.reduce((a, b) => a * b, 1);
    const drawn = [...numbers.take(size)];
    const classOf = [...numbers.take(rows)].map((n) => n % classes.length);
    return {
      schema: {
        kind,
        shape,
        dtype,
        ...(kind === 'table' && {
          columns: shape.flatMap((n) => Array.from({ length: n }, (_, i) => `c${i}`)),
        }),
        target: 'label',
        classes,
        minimum: 0,
        maximum: 255,
      },
      rows,
      values: dtype === 'uint8' ? Uint8Array.from(drawn) : Float32Array.from(drawn, (n) => n / 3),
      labels: labels === 'uint8' ? Uint8Array.from(classOf) : Int32Array.from(classOf),
      source: { description: 'made up', licence: 'CC0 1.0' },
    };
  });

/** The same samples with row `order[i]` in place i. */
export function reordered(dataset: PackedDataset, order: readonly number[]): PackedDataset {
  const width = dataset.rows === 0 ? 0 : dataset.values.length / dataset.rows;
  const values = dataset.values.slice();
  order.forEach((row, i) => values.set(dataset.values.subarray(row * width, (row + 1) * width), i * width));
  return {
    ...dataset,
    values,
    labels: dataset.labels.map((_, i) => dataset.labels[order[i] as number] as number),
  };
}
