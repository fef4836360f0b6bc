import { createReadStream } from 'node:fs';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/**
 * The lines, from 1, that bytes of a file stand in. A line ends with a line feed, or with a carriage return where the
 * file has no line feed before it.
 * @param offsets of the bytes, from 0, in any order
 */
export async function linesAt(path: string, offsets: number[]): Promise<Map<number, number>> {
  const wanted = [...new Set(offsets)].sort((a, b) => a - b);
  const lines = new Map<number, number>();
  let line = 1;
  let start = 0;
  let next = 0;
  let feeds = false;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    feeds ||= chunk.includes(LINE_FEED);
    const end = feeds ? LINE_FEED : RETURN;
    let at = -1;
    while (next < wanted.length) {
      const offset = (wanted[next] as number) - start;
      const found = chunk.indexOf(end, at + 1);
      if (found === -1 || found >= offset) {
        if (offset > chunk.length || (found === -1 && offset === chunk.length)) break;
        lines.set(wanted[next] as number, line);
        next += 1;
      } else {
        line += 1;
        at = found;
      }
    }
    if (next === wanted.length) return lines;
    for (at = chunk.indexOf(end, at + 1); at !== -1; at = chunk.indexOf(end, at + 1)) line += 1;
    start += chunk.length;
  }
  for (const offset of wanted.slice(next)) lines.set(offset, line);
  return lines;
}
