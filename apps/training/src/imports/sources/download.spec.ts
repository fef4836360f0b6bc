import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableData } from '@modelyard/contracts';
import { FetchingForTests, randomContent, sha256Of } from '../testing/fetching-for-tests';
import { FlakyServer } from '../testing/flaky-server';
import { download } from './download';
import { PIECE_BYTES } from './piece-writer';

const content = randomContent(2 * PIECE_BYTES + 12_345);
let server: FlakyServer;
let fetching: FetchingForTests;

beforeEach(async () => {
  server = new FlakyServer(content);
  await server.listen();
  fetching = new FetchingForTests();
  fetching.egress.allowedHosts.push(server.host);
});
afterEach(async () => {
  await server.close();
  fetching.close();
});

const url = (): string => `http://${server.host}/data.bin?signature=secret`;
const path = (): string => join(fetching.folder, 'file');
const fetchIt = (sha256 = sha256Of(content)) => download({ url: url(), sha256, path: path() }, fetching);

it('stores a file in pieces, and says how far it is', async () => {
  const pieces = await fetchIt();
  expect(pieces.reduce((sum, { size }) => sum + size, 0)).toBe(content.length);
  expect(pieces.length).toBeGreaterThanOrEqual(3);
  expect(readFileSync(path()).equals(content)).toBe(true);
  expect(fetching.progress.at(-1)).toEqual({ done: content.length, total: content.length, unit: 'bytes' });
  expect(fetching.changes).toBe(pieces.length);
});

it('goes on where the server broke off, again and again', async () => {
  server.breaks = [PIECE_BYTES + 5, 1_000, 77];
  await fetchIt();
  expect(server.ranges).toHaveLength(4);
  expect(server.ranges[0]).toBeUndefined();
  // Every byte that came was kept: each request starts after the one before.
  const starts = server.ranges.slice(1).map((range) => Number(/\d+/.exec(range ?? '')?.[0]));
  expect(starts[0]).toBeGreaterThan(0);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(readFileSync(path()).equals(content)).toBe(true);
});

it('goes on from the pieces of an earlier process', async () => {
  const first = await fetching.blobs.put(content.subarray(0, PIECE_BYTES));
  fetching.downloads.set(url(), { url: url(), validator: '"one"', pieces: [first] });
  await fetchIt();
  expect(server.ranges).toEqual([`bytes=${PIECE_BYTES}-`]);
});

it('needs nothing more than a check when all pieces are there', async () => {
  const all = await fetching.blobs.put(content);
  fetching.downloads.set(url(), { url: url(), validator: '"one"', pieces: [all] });
  await expect(fetchIt()).resolves.toEqual([all]);
  expect(server.ranges).toEqual([`bytes=${content.length}-`]);
});

it.each(['has changed meanwhile', 'knows no ranges', 'names no version'])(
  'begins anew at a server that %s',
  async (trouble) => {
    const stale = await fetching.blobs.put(randomContent(PIECE_BYTES));
    fetching.downloads.set(url(), {
      url: url(),
      pieces: [stale],
      ...(trouble === 'names no version' ? {} : { validator: '"old"' }),
    });
    if (trouble === 'knows no ranges') server.knowsRanges = false;
    await fetchIt();
    expect(readFileSync(path()).equals(content)).toBe(true);
  },
);

it('waits out a server that is busy, and fails for another attempt when that lasts', async () => {
  server.statuses = [503, 429];
  await fetchIt();
  server.statuses = Array.from({ length: 20 }, () => 500);
  fetching.downloads.clear();
  await expect(fetchIt()).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
    message: expect.stringContaining('answered 500') as string,
  });
});

it.each([404, 403, 410, 401])('fails for good on %d, without showing the query', async (status) => {
  server.statuses = [status];
  const failure: unknown = await fetchIt().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UnreadableData);
  expect((failure as Error).message).toContain(
    `http://${server.host}/data.bin cannot be had: its server answered ${status}`,
  );
});

it('fails for good on another SHA-256, and forgets what it had', async () => {
  await expect(fetchIt('0'.repeat(64))).rejects.toThrow(
    `has the SHA-256 ${sha256Of(content)}, not ${'0'.repeat(64)}`,
  );
  expect(fetching.downloads.get(url())?.pieces).toEqual([]);
});

it('takes no more than it may', async () => {
  fetching.maxBytes = PIECE_BYTES + 1;
  await expect(fetchIt()).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
});

it('fetches nothing from inside', async () => {
  fetching.egress.allowedHosts.length = 0;
  await expect(fetchIt()).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  expect(server.ranges).toEqual([]);
});

it('ends when it is told to', async () => {
  server.breaks = [10];
  fetching.onDownloads = () => fetching.abort.abort(new Error('enough'));
  await expect(fetchIt()).rejects.toThrow();
  expect(server.ranges).toHaveLength(1);
});
