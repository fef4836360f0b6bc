import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobReference, DatasetPart } from '@modelyard/contracts';
import { SAMPLES } from './names';
import { quoteText } from './quote-text';
import type { BuildOptions, TableToBuild } from './version-to-build';

const ROWS = 245_760;
const BYTES = 64 * 1024 * 1024;
const VALUE_BYTES = 8;
/** More effort takes twice as long; it makes numbers an eighth smaller, and digests no smaller at all. */
const FORMAT = 'format parquet, compression zstd, compression_level 1';

/** How many rows of a table one Parquet file holds: two of DuckDB's row groups, fewer where rows are wide. */
export function rowsPerPart(columns: number): number {
  const fitting = Math.floor(BYTES / (VALUE_BYTES * Math.max(1, columns)));
  return Math.max(2048, Math.min(ROWS, fitting));
}

/** Writes the staged rows of a table as Parquet files, in their order. */
export async function writeTableParts(
  options: BuildOptions,
  { columns, target }: TableToBuild,
  total: number,
): Promise<DatasetPart[]> {
  const { engine, folder, store, signal } = options;
  // A file without columns is none: a table that has but its target keeps its rows' numbers.
  const names = columns.flatMap(({ name }, index) => (name === target ? [] : [`c${index}`]));
  const picked = names.length === 0 ? '"row"' : names.join(', ');
  const ranges = await engine.rows<{ part: number; first: number; last: number; rows: number }>(
    `select part, min(source) as first, max(source) as last, count(*) as rows
     from ${SAMPLES} where source is not null group by part order by part`,
  );
  const parts: DatasetPart[] = [];
  let done = 0;
  for (const { part, first, last, rows } of ranges) {
    signal?.throwIfAborted();
    const blob = await storeQuery(
      { engine, folder, store },
      `part-${part}.parquet`,
      `select ${picked} from staged where "row" between ${first} and ${last} order by "row"`,
    );
    parts.push({ ...blob, rows });
    done += rows;
    options.onProgress?.({ done, total, unit: 'rows' });
  }
  return parts;
}

/** Runs a query into a Parquet file, and that into the store. */
export async function storeQuery(
  { engine, folder, store }: Pick<BuildOptions, 'engine' | 'folder' | 'store'>,
  name: string,
  query: string,
): Promise<BlobReference> {
  const path = join(folder, name);
  await engine.run(`copy (${query}) to ${quoteText(path)} (${FORMAT})`);
  try {
    return await store.put({ path });
  } finally {
    await unlink(path);
  }
}
