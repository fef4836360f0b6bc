import { setTimeout as wait } from 'node:timers/promises';
import { UnreadableData } from '@modelyard/contracts';
import { guardedFetch, parseSourceUrl } from '@modelyard/platform-egress';
import type { GuardedResponse } from '@modelyard/platform-egress';
import { AppError } from '@modelyard/platform-errors';
import { assemble } from './assemble';
import type { DownloadState, Fetching } from './fetching';
import { PieceWriter } from './piece-writer';

/** Tries without a single new byte before the attempt fails; the queue's next one goes on from the pieces. */
const FRUITLESS_TRIES = 4;
const FIRST_PAUSE_MS = 250;

export interface Download {
  url: string;
  sha256: string;
  /** Where the file is to lie. */
  path: string;
}

/**
 * Fetches a URL into blobs of some megabytes, and goes on after an interruption, of this process too, where it was.
 *
 * @returns how it is stored; the file at `path` has the right SHA-256 then
 * @throws UnreadableData when the server refuses, or gives something else than the SHA-256 says
 * @throws AppError as `guardedFetch`
 */
export async function download(
  { url, sha256, path }: Download,
  fetching: Fetching,
): Promise<DownloadState['pieces']> {
  const shown = withoutQuery(parseSourceUrl(url, fetching.egress));
  let state = fetching.downloads.get(url) ?? { url, pieces: [] };
  for (;;) {
    const resumed = state.pieces.length > 0;
    fetching.downloads.set(url, state);
    await fetchRest(state, shown, fetching);
    const found = await assemble(fetching.blobs, state.pieces, path, fetching.signal);
    if (found === sha256) return state.pieces;
    state = { url, pieces: [] };
    fetching.downloads.set(url, state);
    fetching.onDownloads();
    // Pieces of two different contents may have been put together.
    if (!resumed) {
      throw new UnreadableData(
        `${shown} has the SHA-256 ${found}, not ${sha256}: the file has changed, or the SHA-256 is another file's.`,
      );
    }
  }
}

async function fetchRest(state: DownloadState, shown: string, fetching: Fetching): Promise<void> {
  for (let fruitless = 0; ;) {
    const before = bytesOf(state);
    try {
      if (await fetchOnce(state, shown, fetching)) return;
    } catch (error) {
      fetching.signal.throwIfAborted();
      if (!mayPass(error)) throw error;
      fruitless = bytesOf(state) > before ? 0 : fruitless + 1;
      if (fruitless >= FRUITLESS_TRIES) throw error;
    }
    const pause = (fetching.pauseMs ?? FIRST_PAUSE_MS) * 2 ** fruitless;
    await wait(pause, undefined, { signal: fetching.signal });
  }
}

/** @returns whether the file is whole now */
async function fetchOnce(state: DownloadState, shown: string, fetching: Fetching): Promise<boolean> {
  const offset = bytesOf(state);
  const { validator } = state;
  const response = await guardedFetch(state.url, {
    ...fetching.egress,
    maxBytes: fetching.maxBytes,
    signal: fetching.signal,
    headers:
      offset === 0
        ? {}
        : { range: `bytes=${offset}-`, ...(validator === undefined ? {} : { 'if-range': validator }) },
  });
  try {
    const total = begin(response, state, { offset, shown });
    if (total === 'whole') return true;
    await take(response, state, total, fetching);
    return true;
  } finally {
    response.close();
  }
}

/** Reads the head of an answer. @returns the bytes of the whole file, where they are known; or that there are no more */
function begin(
  response: GuardedResponse,
  state: DownloadState,
  { offset, shown }: { offset: number; shown: string },
): number | undefined | 'whole' {
  const { status, headers } = response;
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (status === 206 && offset > 0 && Number(range?.[1]) === offset) return offset + length || undefined;
  if (status === 416 && offset > 0) {
    if (Number(range?.[2]) === offset) return 'whole';
    restart(state);
    throw new AppError('DEPENDENCY_UNAVAILABLE', `${shown} has become shorter while it was fetched.`);
  }
  if (status === 200) {
    restart(state); // the content has changed, or the server knows no ranges
    const validator = validatorOf(headers);
    if (validator !== undefined) state.validator = validator;
    return Number.isNaN(length) ? undefined : length;
  }
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    throw new AppError(
      'DEPENDENCY_UNAVAILABLE',
      `${shown} cannot be had now: its server answered ${status}.`,
    );
  }
  throw new UnreadableData(`${shown} cannot be had: its server answered ${status}.`);
}

async function take(
  response: GuardedResponse,
  state: DownloadState,
  total: number | undefined,
  fetching: Fetching,
): Promise<void> {
  const writer = new PieceWriter(fetching.blobs, ({ sha256, size }) => {
    state.pieces.push({ sha256, size });
    fetching.onDownloads();
  });
  let done = bytesOf(state);
  try {
    for await (const chunk of response.body) {
      await writer.write(chunk);
      done += chunk.byteLength;
      if (done > fetching.maxBytes) {
        throw new AppError(
          'BODY_TOO_LARGE',
          `The file has more than the ${fetching.maxBytes} bytes that an import may have.`,
        );
      }
      fetching.onProgress({ done, ...(total === undefined ? {} : { total }), unit: 'bytes' });
    }
  } finally {
    // What came before a server broke off need not come again.
    if (!fetching.signal.aborted) await writer.flush();
  }
  if (total !== undefined && done < total) {
    throw new AppError('DEPENDENCY_UNAVAILABLE', 'The server broke off.');
  }
}

/** Only what names the very bytes can stand before a range (RFC 9110, 13.1.5). */
function validatorOf(headers: Record<string, string>): string | undefined {
  const { etag, 'last-modified': modified } = headers;
  if (etag !== undefined && !etag.startsWith('W/')) return etag;
  return modified;
}

function restart(state: DownloadState): void {
  state.pieces = [];
  delete state.validator;
}

function bytesOf(state: DownloadState): number {
  return state.pieces.reduce((sum, { size }) => sum + size, 0);
}

function mayPass(error: unknown): boolean {
  return error instanceof AppError && ['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED'].includes(error.code);
}

/** Signed URLs carry their secrets there. */
function withoutQuery(url: URL): string {
  return url.origin + url.pathname;
}
