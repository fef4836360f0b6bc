import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportRows } from '@modelyard/ml-tables';
import type { Queryable } from '@modelyard/ml-tables';
import type { Workplace } from '../opening/long-work';
import { explain } from '../rows/explain-query-errors';
import type { RowSelection } from '../rows/row-selection';
import type { Attachment } from './attachment';
import { MEDIA_TYPES } from './attachment';
import { followFile } from './follow-file';

export type RowFormat = 'csv' | 'jsonl' | 'parquet';

export interface RowsToWrite {
  relation: string;
  columns: Queryable[];
  selection: RowSelection;
  format: RowFormat;
  /** Of the file, without its ending. */
  name: string;
}

/**
 * What is not written by then is sent as it is written: whoever stands between would give up on an answer that does not
 * begin. Until then an error can still be told, and the size.
 */
const SOON_MS = 10_000;
const LOOK_MS = 50;

/**
 * Writes rows to a file in the workplace, and sends it: it lives on without a name until it has been read, or whoever
 * wanted it has gone. DuckDB only ever appends to its files, to Parquet too, whose table of contents comes last.
 *
 * @param send is called once, when the file is whole or when it takes longer than `soonMs`
 * @returns when the file is whole
 */
export async function writeRows(
  { engine, folder }: Pick<Workplace, 'engine' | 'folder'>,
  { selection, name, ...request }: RowsToWrite,
  send: (attachment: Attachment) => void,
  soonMs = SOON_MS,
): Promise<void> {
  const path = join(folder, 'rows');
  let whole = false;
  const written = exportRows(engine, { ...request, ...selection, path }).then(
    () => void (whole = true),
    (error: unknown) => Promise.reject(explain(error) as Error),
  );
  const soon = new AbortController();
  await Promise.race([
    written.finally(() => soon.abort()),
    sleep(soonMs, undefined, { signal: soon.signal }).catch(() => written),
  ]);
  const file = await openBegun(path, written);
  const described = { name: `${name}.${request.format}`, mediaType: MEDIA_TYPES[request.format] };
  if (whole) send({ ...described, stream: file.createReadStream(), size: (await file.stat()).size });
  else send({ ...described, stream: followFile(file, written) });
  return written;
}

/** The export makes its file when it gets to it. */
async function openBegun(path: string, written: Promise<void>): Promise<FileHandle> {
  for (;;) {
    try {
      return await open(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await Promise.race([written, sleep(LOOK_MS)]);
    }
  }
}
