import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Problem } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { people } from '../testing/people';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { addTableVersion } from '../testing/table-version';

const QUARANTINED = 'row,name,reason\n3,Ada,age is below 0\n,Bob,"too many columns"\n'.replaceAll('"', '');

describe('downloads of a version', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    await registry.ok('POST', '/api/v1/datasets', { name: 'digits' });
    const blobs = registry.service.app.get(BlobStore, { strict: false });
    const pieces = await Promise.all(['name,grade\n', 'Ada,1\n'].map((text) => blobs.put(Buffer.from(text))));
    const size = pieces.reduce((sum, piece) => sum + piece.size, 0);
    await addTableVersion(registry, 'people', {
      ...people(),
      quarantined: QUARANTINED,
      options: { original: { format: 'csv', files: [{ name: 'C:\\data\\größe.csv', size, pieces }] } },
    });
    await addTableVersion(registry, 'parts', {
      ...people(30),
      options: {
        original: {
          format: 'csv',
          files: pieces.map((piece) => ({ name: '../a.csv', size: piece.size, pieces: [piece], label: 'x' })),
        },
      },
    });
  });
  afterAll(() => registry.stop());

  const get = (path: string, headers = {}): Promise<Response> =>
    registry.fetch('GET', `/api/v1/datasets/${path}`, undefined, { headers });

  it('gives the rows as CSV, with their split', async () => {
    const answer = await get(
      `people/versions/1/download?format=csv&filter=${encodeURIComponent('age = 20')}`,
    );
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''people-v1.csv");
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, first, ...rest] = (await answer.text()).trim().split('\n');
    expect(head).toBe('age,"height, ""m""",country,member,joined,note,grade,split');
    expect(first).toMatch(
      /^20,1\.5,DE,true,2026-01-01T10:00:00\.000Z,person 0; drop table staged,0,(train|validation|test)$/,
    );
    expect(rest).toHaveLength(2);
  });

  it('gives the rows as JSON Lines and as Parquet', async () => {
    const lines = (await (await get('people/versions/1/download?format=jsonl&split=test')).text())
      .trim()
      .split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ split: 'test', grade: expect.any(String) as string });
    const parquet = Buffer.from(await (await get('people/versions/1/download?format=parquet')).arrayBuffer());
    expect([parquet.toString('latin1', 0, 4), parquet.toString('latin1', parquet.length - 4)]).toEqual([
      'PAR1',
      'PAR1',
    ]);
  });

  it('gives the file that it came in, whole or in part', async () => {
    const whole = await get('people/versions/1/download');
    expect(whole.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.csv");
    expect(whole.headers.get('content-length')).toBe('17');
    await expect(whole.text()).resolves.toBe('name,grade\nAda,1\n');
    const part = await get('people/versions/1/download?format=original', { range: 'bytes=5-13' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 5-13/17']);
    await expect(part.text()).resolves.toBe('grade\nAda');
    const outside = await get('people/versions/1/download', { range: 'bytes=17-' });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */17']);
  });

  it('gives several files as one archive, and none of them outside of it', async () => {
    const zip = Buffer.from(await (await get('parts/versions/1/download')).arrayBuffer()).toString('latin1');
    expect([...contentsOf(zip).matchAll(/PK..[^]{42}(x\/[\w .()]+\.csv)/g)].map(([, name]) => name)).toEqual([
      'x/a.csv',
      'x/a (2).csv',
    ]);
  });

  it('gives all images as an archive', async () => {
    const answer = await get('digits/versions/1/download');
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''digits-v1.zip");
    const zip = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    const names = [...contentsOf(zip).matchAll(/PK..[^]{42}((?:train|validation|test)\/\d\/\d{4}\.png)/g)];
    expect(names).toHaveLength(1797);
  });

  it('gives the rows that were kept aside, with their reasons', async () => {
    await expect((await get('people/versions/1/quarantine')).text()).resolves.toBe(
      'row,name,reason\n3,Ada,age is below 0\n,Bob,too many columns\n',
    );
    const parquet = await get('people/versions/1/quarantine?format=parquet');
    expect(parquet.headers.get('content-disposition')).toContain('people-v1-quarantine.parquet');
    expect((await parquet.text()).slice(0, 4)).toBe('PAR1');
  });

  it('leaves nothing behind when a client goes away', async () => {
    for (let i = 0; i < 6; i++) {
      // More than may be read at a time: each must give its place back.
      const answer = await get('digits/versions/1/download?format=zip');
      expect(answer.status).toBe(200);
      await answer.body?.cancel();
      await settled(async () => (await get('digits/versions/1/rows?pageSize=1')).status === 200);
    }
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => get('people/versions/1/download?format=csv')),
    );
    await Promise.all(answers.map(async (answer) => answer.body?.cancel()));
    // What was exported has no name any more; what stays are the folders of versions that are open.
    await settled(() =>
      Promise.resolve(
        readdirSync(tmpdir()).filter((name) => name.startsWith(`modelyard-contents-${process.pid}-`))
          .length <= 4,
      ),
    );
  });

  it.each([
    ['digits/versions/1/download?format=original', 404, 'format=zip'],
    ['people/versions/1/download?format=zip', 400, 'csv'],
    ['people/versions/1/download?format=xml', 400, 'format'],
    ['people/versions/1/download?filter=age', 400, 'filter'],
    ['people/versions/1/download?format=csv&filter=agee%3D1', 400, 'agee'],
    ['digits/versions/1/quarantine', 404, 'kept aside'],
    ['people/versions/7/download', 404, 'Version 7'],
  ])('refuses %s', async (path, status, says) => {
    const answer = await registry.call<Problem>('GET', `/api/v1/datasets/${path}`);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toContain(says);
  });
});

async function settled(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

/** The archive's own list, which comes last. */
function contentsOf(zip: string): string {
  return zip.slice(zip.indexOf('PK\u0001\u0002'));
}
