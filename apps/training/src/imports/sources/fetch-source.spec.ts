import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WELL_KNOWN_DATASETS } from '@modelyard/contracts';
import type { StoredFile } from '@modelyard/contracts';
import { outcomeOf } from '../importer/outcome-of';
import { importStart } from '../testing/example-import';
import { FetchingForTests, randomContent, sha256Of } from '../testing/fetching-for-tests';
import { FlakyServer } from '../testing/flaky-server';
import { fetchSource } from './fetch-source';
import { PUBLISHED_DATASETS } from './well-known';

let fetching: FetchingForTests;
beforeEach(() => (fetching = new FetchingForTests()));
afterEach(() => fetching.close());

async function stored(name: string, contents: string[], rest: Partial<StoredFile> = {}): Promise<StoredFile> {
  const pieces = await Promise.all(contents.map((content) => fetching.blobs.put(Buffer.from(content))));
  return { name, size: contents.join('').length, pieces, ...rest };
}

describe('uploads', () => {
  it('are put together of their pieces, in their order, with labels and splits', async () => {
    const files = [
      await stored('../../evil.csv', ['a,b\n', '1,2\n']),
      await stored('cat.png', ['png'], { label: 'cat', split: 'test' }),
      await stored('empty.csv', []),
    ];
    const fetched = await fetchSource(importStart({}, { files }), fetching);
    expect(fetched.map(({ path }) => readFileSync(path, 'utf8'))).toEqual(['a,b\n1,2\n', 'png', '']);
    expect(fetched.map(({ name, label, split }) => [name, label, split])).toEqual([
      ['../../evil.csv', undefined, undefined],
      ['cat.png', 'cat', 'test'],
      ['empty.csv', undefined, undefined],
    ]);
    expect(fetched.every(({ path }) => path.startsWith(fetching.folder) && !path.includes('evil'))).toBe(
      true,
    );
    expect(fetching.progress.at(-1)).toEqual({ done: 11, total: 11, unit: 'bytes' });
  });

  it('that find the disk full can be fetched again later', async () => {
    symlinkSync('/dev/full', join(fetching.folder, 'file-0'));
    const files = [await stored('a.csv', ['abc', 'def'])];
    const failure: unknown = await fetchSource(importStart({}, { files }), fetching).catch(
      (error: unknown) => error,
    );
    expect(outcomeOf(failure)).toMatchObject({
      type: 'failed',
      error: { message: expect.stringContaining('is full') as string },
      permanent: false,
    });
  });

  it('may not be larger than an import may be', async () => {
    fetching.maxBytes = 3;
    const files = [await stored('a.csv', ['ab']), await stored('b.csv', ['cd'])];
    await expect(fetchSource(importStart({}, { files }), fetching)).rejects.toThrow('4 bytes in all');
  });

  it('are checked against their hashes', async () => {
    const file = await stored('a.csv', ['abc', 'def']);
    const [, piece] = file.pieces;
    const sha256 = piece?.sha256 ?? '';
    writeFileSync(join(fetching.root, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'xyz');
    await expect(fetchSource(importStart({}, { files: [file] }), fetching)).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });
});

describe('a URL', () => {
  it('gives a file with the name that it ends with', async () => {
    const server = new FlakyServer(Buffer.from('a,b\n'));
    await server.listen();
    fetching.egress.allowedHosts.push(server.host);
    const url = `http://${server.host}/data/my%20table.csv?token=x`;
    const source = { type: 'url', url, sha256: sha256Of(server.content) } as const;
    const [file] = await fetchSource(importStart({ source }), fetching);
    expect(file).toMatchObject({ name: 'my table.csv', stored: { name: 'my table.csv', size: 4 } });
    await server.close();
  });
});

describe('well-known datasets', () => {
  const published = PUBLISHED_DATASETS.mnist;
  const original = [...published.files];
  const start = importStart({ source: { type: 'well-known', name: 'mnist' } });
  const contents = [1, 2, 3, 4].map((size) => randomContent(size * 100));

  beforeEach(() => {
    published.files = original.map((file, index) => {
      const content = contents[index] as Buffer;
      return { ...file, size: content.length, sha256: sha256Of(content) };
    });
  });
  afterEach(() => (published.files = original));

  function fill(folder: string): void {
    mkdirSync(join(folder, 'mnist'), { recursive: true });
    for (const [index, { name }] of original.entries()) {
      writeFileSync(join(folder, 'mnist', name), contents[index] as Buffer);
    }
  }

  it('come from a folder that the operator names', async () => {
    const mirror = join(fetching.root, 'mirror');
    fill(mirror);
    for (const named of [mirror, `file://${mirror}`]) {
      fetching.egress.mirror = named;
      const files = await fetchSource(start, fetching);
      expect(files.map(({ name }) => name)).toEqual(original.map(({ name }) => name));
      expect(files.map(({ path }) => readFileSync(path).length)).toEqual([100, 200, 300, 400]);
    }
    expect(fetching.progress.at(-1)).toEqual({ done: 1_000, total: 1_000, unit: 'bytes' });
  });

  it('are refused when the mirror has other files under their names', async () => {
    fetching.egress.mirror = join(fetching.root, 'mirror');
    fill(fetching.egress.mirror);
    writeFileSync(join(fetching.egress.mirror, 'mnist', original[2]?.name ?? ''), randomContent(300));
    await expect(fetchSource(start, fetching)).rejects.toThrow("mirror's t10k-images-idx3-ubyte.gz is not");
  });

  it('come from the publisher where the mirror lacks them', async () => {
    const server = new FlakyServer(contents[0] as Buffer);
    await server.listen();
    server.statuses = [404]; // the mirror's answer; the publisher's follows
    fetching.egress.mirror = `http://${server.host}/mirror/`;
    published.files = published.files
      .slice(0, 1)
      .map((file) => ({ ...file, url: `http://${server.host}/x` }));
    fetching.egress.allowedHosts.push(server.host);
    await expect(fetchSource(start, fetching)).resolves.toHaveLength(1);
    expect(server.ranges).toHaveLength(2);
    await server.close();
  });

  it('are all known, with a licence and the sizes and SHA-256 of their files', () => {
    const known = WELL_KNOWN_DATASETS.filter((name) => name !== 'iris' && name !== 'digits');
    expect(Object.keys(PUBLISHED_DATASETS).sort()).toEqual([...known].sort());
    for (const { files, origin } of Object.values(PUBLISHED_DATASETS)) {
      expect(origin.licence).not.toBe('');
      for (const { sha256, url, name } of files) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(url.endsWith(`/${name}`)).toBe(true);
      }
    }
  });
});
