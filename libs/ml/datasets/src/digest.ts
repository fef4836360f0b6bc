import { createHash } from 'node:crypto';
import type { PackedDataset } from './packed-dataset';
import { RowDigests } from './row-digests';

/**
 * The identity of a dataset's content: `sha256:<hex>` over the schema and the sorted digests of its samples. The order of
 * the samples, the file format that they came in and the words about their source make no difference; one changed pixel,
 * label, class name or duplicate does.
 */
export function datasetDigest(dataset: PackedDataset): string {
  const { kind, shape, dtype, columns, target, classes, minimum, maximum } = dataset.schema;
  const rows = new RowDigests(dataset);
  const sha256 = createHash('sha256');
  sha256.update(JSON.stringify([1, kind, shape, dtype, columns ?? null, target, classes, minimum, maximum]));
  for (const row of rows.order()) sha256.update(rows.digest(row));
  return `sha256:${sha256.digest('hex')}`;
}
