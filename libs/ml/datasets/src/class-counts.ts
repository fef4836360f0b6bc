import type { PackedDataset } from './packed-dataset';

/** How many samples each class has, by the class's name, in the schema's order; classes without samples too. */
export function classCounts(dataset: PackedDataset): Record<string, number> {
  const counts = new Array<number>(dataset.schema.classes.length).fill(0);
  for (const label of dataset.labels) counts[label] = (counts[label] ?? 0) + 1;
  return Object.fromEntries(dataset.schema.classes.map((name, index) => [name, counts[index] as number]));
}
