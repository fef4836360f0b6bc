import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { UnreadableData } from '@modelyard/contracts';
import type { SourceFile } from './source-file';
import type { StageOptions } from './stage-options';
import { encodingOf } from './text-encoding';
import { linesAt } from './text-lines';

/** A text as DuckDB takes it: UTF-8 without a mark and without NULs, with one kind of line end. */
export interface PreparedText {
  /** The file itself where it is so already, else a rewritten one with the same lines. */
  path: string;
  source: SourceFile;
  bytes: number;
}

type Options = Pick<StageOptions, 'csv' | 'scratch' | 'maximumBytes' | 'signal'>;

const CHUNK = 1 << 20;
const HEAD = 4_096;
const DEFAULT_MAXIMUM = 64 * 2 ** 30;

/**
 * Looks through a text file once, and rewrites it where it is compressed, not UTF-8, begins with a byte-order mark, or
 * mixes line ends. Memory does not grow with the file.
 * @param number of the file, for the names of rewritten ones
 * @throws UnreadableData for an empty file, a NUL, a broken compression, or more bytes than allowed
 */
export async function prepareText(
  source: SourceFile,
  number: number,
  options: Options,
): Promise<PreparedText> {
  const gzip = await isGzip(source.path);
  const unfolded = gzip ? join(options.scratch, `text-${number}-unfolded`) : source.path;
  if (gzip) await copyThrough(unfoldedChunks(source, options), unfolded);
  const { encoding, mark } = encodingOf(await headOf(unfolded), options.csv?.encoding);
  let path = unfolded;
  if (encoding !== 'utf-8' || mark > 0) {
    path = join(options.scratch, `text-${number}`);
    await copyThrough(decodedChunks(unfolded, encoding, mark), path);
  }
  const { bytes, mixed } = await look(path, source, options);
  if (bytes === 0)
    throw new UnreadableData(`${source.name} is empty.`, [
      { file: source.name, message: 'The file is empty.' },
    ]);
  if (!mixed) return { path, source, bytes };
  const evened = join(options.scratch, `text-${number}-evened`);
  await copyThrough(evenedChunks(path), evened);
  return { path: evened, source, bytes };
}

function chunksOf(path: string, start = 0): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: CHUNK, start });
}

async function headOf(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: HEAD - 1 }) as AsyncIterable<Buffer>) return chunk;
  return Buffer.alloc(0);
}

async function isGzip(path: string): Promise<boolean> {
  const head = await headOf(path);
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** One look at all bytes: is there a NUL, and do line ends differ? */
async function look(
  path: string,
  source: SourceFile,
  options: Options,
): Promise<{ bytes: number; mixed: boolean }> {
  let bytes = 0;
  let plain = false;
  let returned = false;
  let last = 0;
  for await (const chunk of chunksOf(path)) {
    options.signal?.throwIfAborted();
    const nul = chunk.indexOf(0);
    if (nul !== -1) throw await nulFound(path, bytes + nul, source);
    if (!returned) returned = chunk.includes('\r\n') || (last === 0x0d && chunk[0] === 0x0a);
    if (!plain) plain = hasPlainLineEnd(chunk, last);
    bytes += chunk.length;
    last = chunk.at(-1) ?? last;
  }
  return { bytes, mixed: plain && returned };
}

function hasPlainLineEnd(chunk: Buffer, last: number): boolean {
  for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) {
    if ((at === 0 ? last : chunk[at - 1]) !== 0x0d) return true;
  }
  return false;
}

async function nulFound(path: string, offset: number, source: SourceFile): Promise<UnreadableData> {
  const line = (await linesAt(path, [offset])).get(offset);
  return new UnreadableData(`${source.name} is not a text: line ${line} holds a NUL byte.`, [
    {
      file: source.name,
      ...(line === undefined ? {} : { line }),
      message: 'The line holds a NUL byte. Remove it; where the file is UTF-16, say csv.encoding "utf-16".',
    },
  ]);
}

async function* unfoldedChunks(source: SourceFile, options: Options): AsyncGenerator<Buffer> {
  const maximum = options.maximumBytes ?? DEFAULT_MAXIMUM;
  const input = createReadStream(source.path, { highWaterMark: CHUNK });
  const gunzip = createGunzip({ chunkSize: CHUNK });
  input.on('error', (error) => gunzip.destroy(error));
  let bytes = 0;
  try {
    for await (const chunk of input.pipe(gunzip) as AsyncIterable<Buffer>) {
      options.signal?.throwIfAborted();
      bytes += chunk.length;
      if (bytes > maximum)
        throw new UnreadableData(`${source.name} unfolds to more than ${maximum} bytes.`, [
          {
            file: source.name,
            message: `The file unfolds to more than the ${maximum} bytes that are allowed.`,
          },
        ]);
      yield chunk;
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!code.startsWith('Z_')) throw error;
    const how = code === 'Z_BUF_ERROR' ? 'is cut off' : 'is broken';
    throw new UnreadableData(`${source.name} ${how}: its compressed data cannot be read.`, [
      { file: source.name, message: `The gzip data ${how}. Compress or upload the file again.` },
    ]);
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}

async function* decodedChunks(path: string, encoding: string, mark: number): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* chunksOf(path, mark);
    return;
  }
  if (encoding === 'latin-1') {
    for await (const chunk of chunksOf(path, mark)) yield Buffer.from(chunk.toString('latin1'));
    return;
  }
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for await (const chunk of chunksOf(path, mark)) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Every line end becomes a line feed, which changes no line's number. */
async function* evenedChunks(path: string): AsyncGenerator<Buffer> {
  let held = '';
  for await (const chunk of chunksOf(path)) {
    // Latin-1 keeps every byte as it is.
    const text = held + chunk.toString('latin1');
    held = text.endsWith('\r') ? '\r' : '';
    yield Buffer.from(text.slice(0, text.length - held.length).replaceAll('\r\n', '\n'), 'latin1');
  }
  yield Buffer.from(held, 'latin1');
}

async function copyThrough(chunks: AsyncIterable<Buffer>, path: string): Promise<void> {
  const output = await open(path, 'w');
  try {
    for await (const chunk of chunks) await output.writeFile(chunk);
  } finally {
    await output.close();
  }
}
