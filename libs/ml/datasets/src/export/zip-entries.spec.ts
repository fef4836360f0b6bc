import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { entriesOfZip } from '../testing/entries-of-zip';
import type { ZipEntry } from './zip-entries';
import { zipEntries } from './zip-entries';

const MODIFIED = new Date('2026-11-02T10:15:00Z');

async function* textEntries(texts: Record<string, string>, asked: string[] = []): AsyncGenerator<ZipEntry> {
  for (const [name, text] of Object.entries(texts)) {
    asked.push(name);
    await Promise.resolve();
    yield { name, open: () => Readable.from([Buffer.from(text)]) };
  }
}

it('puts entries into an archive, and the same ones into the same', async () => {
  const texts = { 'train/cat/1.png': 'one', 'test/größe/2.png': 'two', empty: '' };
  const zip = await buffer(zipEntries(textEntries(texts), MODIFIED));
  expect(entriesOfZip(zip)).toEqual(texts);
  expect((await buffer(zipEntries(textEntries(texts), MODIFIED))).equals(zip)).toBe(true);
});

it('asks for entries as they are read', async () => {
  const texts = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}`, 'x'.repeat(100_000)]));
  const asked: string[] = [];
  const zip = zipEntries(textEntries(texts, asked), MODIFIED);
  zip.once('readable', () => undefined);
  await once(zip, 'readable');
  expect(asked.length).toBeLessThan(10);
  expect(Object.keys(entriesOfZip(await buffer(zip)))).toHaveLength(50);
});

it('stops asking when nobody reads any more', async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<ZipEntry> {
    try {
      for (let i = 0; ; i++) {
        await Promise.resolve();
        yield { name: String(i), open: () => Readable.from([Buffer.alloc(100_000)]) };
      }
    } finally {
      ended = true;
    }
  }
  const zip = zipEntries(endless(), MODIFIED);
  await once(zip, 'readable');
  zip.destroy();
  while (!ended) await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(true);
});

it('fails with what an entry fails with', async () => {
  async function* broken(): AsyncGenerator<ZipEntry> {
    yield { name: 'a', open: () => Promise.reject(new Error('no such row')) };
    await Promise.resolve();
  }
  await expect(buffer(zipEntries(broken(), MODIFIED))).rejects.toThrow('no such row');
  async function* failing(): AsyncGenerator<ZipEntry> {
    yield { name: 'a', open: () => Readable.from([Buffer.from('a')]) };
    throw await Promise.resolve(new Error('no more rows'));
  }
  await expect(buffer(zipEntries(failing(), MODIFIED))).rejects.toThrow('no more rows');
});
