import { createReadStream } from 'node:fs';
import type { CsvLayout } from './csv-layout';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/**
 * The lines, from 1, in which records begin. DuckDB tells them of rows that it cannot read, and of no others.
 * @param wanted numbers of records, from 0, not counting the header, empty lines and `refused`
 * @param refused lines of records that DuckDB refused
 */
export async function recordLines(
  path: string,
  layout: Pick<CsvLayout, 'delimiter' | 'quote' | 'header'>,
  wanted: number[],
  refused: Set<number>,
): Promise<Map<number, number>> {
  const missing = new Set(wanted);
  const lines = new Map<number, number>();
  const delimiter = layout.delimiter.charCodeAt(0);
  const quote = layout.quote === '' ? -1 : layout.quote.charCodeAt(0);
  let record = layout.header ? -1 : 0;
  let line = 1;
  let begun = 1;
  let bad = refused.has(1);
  let quoted = false;
  let before = LINE_FEED;
  let empty = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      const ends = byte === LINE_FEED || byte === RETURN;
      if (byte === quote && (quoted || before === delimiter || before === LINE_FEED || before === RETURN)) {
        quoted = !quoted;
        // A doubled quote opens what it has just closed.
        empty = false;
        before = quoted ? quote : delimiter;
        continue;
      }
      if (!ends) empty = false;
      if (ends && !(byte === LINE_FEED && before === RETURN)) {
        line += 1;
        if (!quoted) {
          if (!empty && !bad) {
            if (missing.delete(record)) lines.set(record, begun);
            if (missing.size === 0) return lines;
            record += 1;
          }
          empty = true;
          begun = line;
          bad = false;
        }
        if (refused.has(line)) bad = true;
      }
      before = byte;
    }
  }
  if (!empty && !bad && missing.has(record)) lines.set(record, begun);
  return lines;
}
