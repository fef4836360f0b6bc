import { createHash } from 'node:crypto';
import type { DatasetSchema, DatasetSplit } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { SAMPLES } from './names';

/**
 * The identity of a version's content: `sha256:<hex>` over the schema and the sorted digests of its samples; where the
 * division was given with them, it counts as well. The order of the samples and the container that they came in make no
 * difference; one changed value, label, class name or duplicate does.
 */
export async function versionDigest(
  engine: TableEngine,
  schema: DatasetSchema,
  method: DatasetSplit['method'],
): Promise<string> {
  const sample = method === 'given' ? `hex(digest) || hex(encode(split))` : 'hex(digest)';
  const sha256 = createHash('sha256');
  sha256.update(JSON.stringify(headerOf(schema)));
  // In blocks by their first byte: each is a text that DuckDB sorts and joins far faster than its rows come over here.
  for await (const chunk of engine.chunks(
    `select string_agg(sample, '' order by sample) from (select ${sample} as sample from ${SAMPLES})
     group by sample[1:2] order by sample[1:2]`,
  )) {
    for (const value of chunk.getColumnValues(0)) sha256.update(Buffer.from(value as string, 'hex'));
  }
  return `sha256:${sha256.digest('hex')}`;
}

/** The fields in a fixed order: a digest must not depend on how an object was made. */
function headerOf(schema: DatasetSchema): unknown[] {
  const { kind, shape, dtype, columns, fields, target, classes, minimum, maximum } = schema;
  return [
    'modelyard-dataset/1',
    kind,
    shape,
    dtype,
    columns ?? null,
    fields?.map(({ name, type, role }) => [name, type, role]) ?? null,
    target,
    classes,
    minimum,
    maximum,
  ];
}
