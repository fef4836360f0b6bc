import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { DatasetImport, DatasetVersion, Upload } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';
import type { Client } from './support/client';
import { RunningStack } from './support/running-stack';

/** A grey picture (PNG) of eight by eight; `seed` makes it differ from others. */
function picture(grey: number, seed: number): Buffer {
  const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0]);
  const rows = Buffer.alloc(8 * 9, grey);
  for (let row = 0; row < 8; row++) rows[row * 9] = 0; // no filter
  rows[1] = seed;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

describe('dataset imports', () => {
  let stack: RunningStack;
  let client: Client;
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-datasets-'));

  beforeAll(async () => {
    stack = await RunningStack.start();
    client = stack.client();
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(folder, { recursive: true });
  });

  async function upload(name: string, content: Buffer): Promise<string> {
    const answer = await client.send<Upload>('POST', '/api/v1/uploads', content, {
      'tus-resumable': '1.0.0',
      'upload-length': String(content.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
      'content-type': 'application/offset+octet-stream',
    });
    expect(answer.status).toBe(201);
    return (answer.headers.get('location') ?? '').split('/').at(-1) ?? '';
  }

  async function ended(id: string): Promise<DatasetImport> {
    return eventually(
      async () => {
        const found = await client.must<DatasetImport>('GET', `/api/v1/dataset-imports/${id}`);
        if (found.status === 'queued' || found.status === 'running') throw new Error(`it is ${found.status}`);
        return found;
      },
      { timeoutMs: 120_000, intervalMs: 200 },
    );
  }

  async function importUpload(name: string, file: string, content: Buffer): Promise<DatasetVersion> {
    const uploads = [{ id: await upload(file, content) }];
    const queued = await client.must<DatasetImport>('POST', '/api/v1/datasets', {
      name,
      source: { type: 'upload', uploads },
    });
    const done = await ended(queued.id);
    expect(done).toMatchObject({ status: 'succeeded' });
    return client.must('GET', `/api/v1/datasets/${name}/versions/${done.result?.version}`);
  }

  it('give the same content the same digest, from zip, from tar.gz and from a form', async () => {
    const files = ['dark', 'light'].flatMap((label, kind) =>
      Array.from({ length: 20 }, (_, i) => ({ label, name: `${i}.png`, content: picture(kind * 200, i) })),
    );
    for (const { label, name, content } of files) {
      mkdirSync(join(folder, 'tree', label), { recursive: true });
      writeFileSync(join(folder, 'tree', label, name), content);
    }
    execFileSync('tar', ['-czf', join(folder, 'a.tgz'), '-C', join(folder, 'tree'), '.']);
    const script = 'import shutil, sys; shutil.make_archive(sys.argv[1], "zip", sys.argv[2])';
    execFileSync('python3', ['-c', script, join(folder, 'a'), join(folder, 'tree')]);
    const tar = await importUpload('pictures-tar', 'a.tgz', readFileSync(join(folder, 'a.tgz')));
    const zip = await importUpload('pictures-zip', 'a.zip', readFileSync(join(folder, 'a.zip')));
    expect(tar).toMatchObject({ rows: 40, classCounts: { dark: 20, light: 20 } });
    expect(zip.digest).toBe(tar.digest);

    const form = new FormData();
    form.set('name', 'pictures-form');
    for (const { label, name, content } of files.reverse()) {
      form.append('label', label);
      form.append('file', new Blob([new Uint8Array(content)]), name);
    }
    const answer = await fetch(`${client.url}/api/v1/datasets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.describe().adminKey}` },
      body: form,
    });
    expect(answer.status).toBe(202);
    const done = await ended(((await answer.json()) as DatasetImport).id);
    expect(done).toMatchObject({ status: 'succeeded' });
    const version = await client.must<DatasetVersion>('GET', '/api/v1/datasets/pictures-form/versions/1');
    const { digest, schema, classCounts } = tar;
    expect(version).toMatchObject({ schema, classCounts, digest });
  });

  it('make a version of a CSV file, and the same again of the same', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}`);
    const content = Buffer.from(`number,class\n${rows.join('\n')}\n`);
    const first = await importUpload('numbers', 'numbers.csv', content);
    const second = await importUpload('numbers', 'again.csv', content);
    expect(first).toMatchObject({ version: 1, rows: 200, classCounts: { odd: 100, even: 100 } });
    expect(second.version).toBe(1);
  });

  it('refuse a URL that leads inside', async () => {
    const source = {
      type: 'url',
      url: 'http://127.0.0.1:1/x',
      sha256: createHash('sha256').update('x').digest('hex'),
    };
    const answer = await client.send<DatasetImport>('POST', '/api/v1/datasets', { name: 'inside', source });
    if (answer.status >= 400) return expect(JSON.stringify(answer.body)).toContain('public internet');
    const done = await ended(answer.body.id);
    expect(done).toMatchObject({ status: 'failed' });
    expect(done.error?.message).toContain('public internet');
  });

  it('end when they are cancelled, and leave no version', async () => {
    const rows = Array.from({ length: 300_000 }, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}`);
    const uploads = [{ id: await upload('long.csv', Buffer.from(`number,class\n${rows.join('\n')}\n`)) }];
    const queued = await client.must<DatasetImport>('POST', '/api/v1/datasets', {
      name: 'unwanted',
      source: { type: 'upload', uploads },
    });
    await client.must('POST', `/api/v1/dataset-imports/${queued.id}/cancel`);
    expect(await ended(queued.id)).toMatchObject({ status: 'cancelled' });
    expect((await client.send('GET', '/api/v1/datasets/unwanted')).status).toBe(404);
  });
});
