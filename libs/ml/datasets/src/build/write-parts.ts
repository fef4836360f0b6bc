import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobReference, DatasetPart } from '@modelyard/contracts';
import { quoteText } from './quote-text';
import { SAMPLES } from './names';
import type { BuildOptions, TableToBuild } from './version-to-build';

const ROWS = 245_760;
const BYTES = 64 * 1024 * 1024;
const VALUE_BYTES = 8;

/** How many rows of a table one Parquet file holds: two of DuckDB's row groups, fewer where rows are wide. */
export function rowsPerPart(columns: number): number {
  const fitting = Math.floor(BYTES / (VALUE_BYTES * Math.max(1, columns)));
  return Math.max(2048, Math.min(ROWS, fitting));
}

/** Writes the staged rows of a table as Parquet files, in their order. */
export async function writeTableParts(
  { engine, folder, store, signal, onProgress }: BuildOptions,
  { columns, target }: TableToBuild,
  size: { rows: number; perPart: number; firstPart: number },
): Promise<DatasetPart[]> {
  const names = columns.flatMap(({ name }, index) => (name === target ? [] : [`st.c${index}`]));
  const parts: DatasetPart[] = [];
  for (let start = 0; start < size.rows; start += size.perPart) {
    signal?.throwIfAborted();
    const part = size.firstPart + parts.length;
    const blob = await storeQuery({ engine, folder, store }, `part-${part}.parquet`, {
      // A file without columns is none: a table that has but its target keeps the rows' places.
      query: `select ${names.length === 0 ? 's.pos as none' : names.join(', ')} from staged st
        join ${SAMPLES} s on s.source = st.row where s.part = ${part} order by s.pos`,
    });
    const rows = Math.min(size.perPart, size.rows - start);
    parts.push({ ...blob, rows });
    onProgress?.({ done: start + rows, total: size.rows, unit: 'rows' });
  }
  return parts;
}

/** Runs a query into a Parquet file, and that into the store. */
export async function storeQuery(
  { engine, folder, store }: Pick<BuildOptions, 'engine' | 'folder' | 'store'>,
  name: string,
  { query }: { query: string },
): Promise<BlobReference> {
  const path = join(folder, name);
  await engine.run(`copy (${query}) to ${quoteText(path)} (format parquet, compression zstd)`);
  try {
    return await store.put({ path });
  } finally {
    await unlink(path);
  }
}
