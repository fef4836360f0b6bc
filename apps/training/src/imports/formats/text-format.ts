import { open } from 'node:fs/promises';
import type { ImportFormat } from '@modelyard/contracts';
import type { SourceFile } from '@modelyard/ml-tables';

const LOOKED_AT = 4_096;

/** JSON Lines begin with a brace; a column of a CSV file may be called `{` only if the file is not called `.jsonl`. */
export async function textFormat({ path, name }: SourceFile): Promise<ImportFormat> {
  const byName = formatOfName(name);
  if (byName !== undefined) return byName;
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    return beginsLikeJson(buffer.subarray(0, bytesRead)) ? 'jsonl' : 'csv';
  } finally {
    await handle.close();
  }
}

export function formatOfName(name: string): 'csv' | 'jsonl' | undefined {
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(name)) return 'jsonl';
  if (/\.(csv|tsv)(\.gz)?$/i.test(name)) return 'csv';
  return undefined;
}

/** Also UTF-16: the zero bytes between are left out. */
export function beginsLikeJson(bytes: Buffer): boolean {
  return /^[\s\0\uFEFF\uFFFD]*\{/.test(bytes.toString('utf8'));
}
