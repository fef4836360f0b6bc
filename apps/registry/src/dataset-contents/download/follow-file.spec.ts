import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followFile } from './follow-file';

describe('followFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'follow-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a');

  it('gives what is written as it is written, to the end', async () => {
    writeFileSync(path, 'one ');
    let end = (): void => undefined;
    const stream = followFile(await open(path), new Promise<void>((resolve) => (end = resolve)));
    const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const next = async (): Promise<string | undefined> => {
      const { value, done } = await pieces.next();
      return done === true ? undefined : value.toString();
    };
    await expect(next()).resolves.toBe('one ');
    const second = next();
    appendFileSync(path, 'two ');
    await expect(second).resolves.toBe('two ');
    appendFileSync(path, 'three');
    end();
    await expect(next()).resolves.toBe('three');
    await expect(next()).resolves.toBeUndefined();
  });

  it('fails when the writing does', async () => {
    writeFileSync(path, 'one ');
    const stream = followFile(await open(path), Promise.reject(new Error('disk full')));
    await expect(stream.toArray()).rejects.toThrow('disk full');
  });

  it('closes the file when nobody reads it', async () => {
    const file = await open(path);
    followFile(file, Promise.resolve()).destroy();
    while (file.fd !== -1) await new Promise((resolve) => setImmediate(resolve));
    expect(file.fd).toBe(-1);
  });
});
