import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { BlobStore } from '../blob-store';
import { toStoredContent } from '../content-store';

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** What every blob store must do. */
export function describeBlobStore(
  name: string,
  open: () => { store: BlobStore; damage: (sha256: string) => Promise<void> | void },
): void {
  describe(`${name} as a blob store`, () => {
    const content = Buffer.from('the quick brown fox');
    const sha256 = digestOf(content);
    let store: BlobStore;
    let damage: (sha256: string) => Promise<void> | void;
    beforeEach(() => ({ store, damage } = open()));

    it('gives back what was put, by its digest', async () => {
      expect(await store.put(content)).toEqual({ sha256, size: content.length });
      expect(await store.stat(sha256)).toEqual({ sha256, size: content.length });
      expect(await buffer(await store.get(sha256))).toEqual(content);
      expect(await store.read(sha256, 1000)).toEqual(content);
    });

    it('takes streams, also of many megabytes and of none', async () => {
      const large = randomBytes(21 * 1024 * 1024);
      const chunks = (function* () {
        for (let at = 0; at < large.length; at += 100_000) yield large.subarray(at, at + 100_000);
      })();
      expect(await store.put(Readable.from(chunks, { objectMode: false }))).toEqual({
        sha256: digestOf(large),
        size: large.length,
      });
      expect(digestOf(await store.read(digestOf(large), large.length))).toBe(digestOf(large));
      const empty = await store.put(Readable.from([]));
      expect(empty.size).toBe(0);
      expect(await store.read(empty.sha256, 10)).toEqual(Buffer.alloc(0));
    });

    it('gives ranges, both ends included', async () => {
      await store.put(content);
      expect((await buffer(await store.get(sha256, { start: 4, end: 8 }))).toString()).toBe('quick');
      expect((await buffer(await store.get(sha256, { start: 16 }))).toString()).toBe('fox');
    });

    it('puts the same content once, however often and however many at once', async () => {
      const puts = await Promise.all(Array.from({ length: 8 }, () => store.put(content)));
      expect(new Set(puts.map((one) => one.sha256))).toEqual(new Set([sha256]));
      expect(await store.read(sha256, 1000)).toEqual(content);
    });

    it('refuses content that is not what was announced, and keeps nothing of it', async () => {
      const announced = digestOf(Buffer.from('something else'));
      await expect(store.put(content, { sha256: announced })).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
      });
      expect(await store.stat(announced)).toBeUndefined();
      expect(await store.stat(sha256)).toBeUndefined();
    });

    it('keeps nothing of a stream that breaks off', async () => {
      const broken = Readable.from(
        (function* () {
          yield content;
          throw new Error('the sender went away');
        })(),
        { objectMode: false },
      );
      await expect(store.put(broken)).rejects.toThrow('the sender went away');
      expect(await store.stat(sha256)).toBeUndefined();
    });

    it('says what is not there', async () => {
      const absent = digestOf(randomBytes(8));
      await expect(store.get(absent)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(store.read(absent, 10)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await store.stat(absent)).toBeUndefined();
      await expect(store.delete(absent)).resolves.toBeUndefined();
    });

    it('deletes', async () => {
      await store.put(content);
      await store.delete(sha256);
      expect(await store.stat(sha256)).toBeUndefined();
    });

    it('gives content as a file', async () => {
      await store.put(content);
      const path = await store.file(sha256);
      expect(readFileSync(path)).toEqual(content);
      expect(await store.file(sha256)).toBe(path);
      const absent = digestOf(randomBytes(8));
      await expect(store.file(absent)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(store.file('../../etc/passwd')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    });

    it('gives no damaged file', async () => {
      const other = randomBytes(19);
      await store.put(other);
      await damage(digestOf(other));
      await expect(store.file(digestOf(other))).rejects.toMatchObject({ code: 'INTERNAL' });
    });

    it('takes files by their paths', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'modelyard-content-'));
      writeFileSync(join(folder, 'file'), content);
      const stored = toStoredContent(store);
      const reference = await stored.put({ path: join(folder, 'file') });
      rmSync(folder, { recursive: true });
      expect(reference).toEqual(await stored.put(content));
      expect(readFileSync(await stored.file(reference))).toEqual(content);
      await expect(stored.put({ path: join(folder, 'file') })).rejects.toThrow();
    });

    it('reads no more than it was allowed to', async () => {
      await store.put(content);
      await expect(store.read(sha256, content.length - 1)).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
    });

    it('notices damage', async () => {
      await store.put(content);
      await damage(sha256);
      await expect(store.read(sha256, 1000)).rejects.toMatchObject({ code: 'INTERNAL' });
      await expect(buffer(await store.get(sha256))).rejects.toMatchObject({ code: 'INTERNAL' });
    });

    it.each([{ start: 19 }, { start: 5, end: 4 }, { start: 0, end: 19 }, { start: -1 }, { start: 0.5 }])(
      'refuses the range %j of 19 bytes',
      async (range) => {
        await store.put(content);
        await expect(store.get(sha256, range)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      },
    );

    it.each(['../../etc/passwd', 'ABCDEF', '', `${'a'.repeat(63)}/`, 'a'.repeat(65)])(
      'takes no %j for a digest',
      async (name) => {
        await expect(store.get(name)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
        await expect(store.delete(name)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      },
    );

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}
