import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Page, Problem, Upload } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { eventually } from '@modelyard/platform-testing';
import { sql } from 'drizzle-orm';
import * as tus from 'tus-js-client';
import { SweepReleasedBlobs } from '../blob-references/sweep-released-blobs';
import type { Answer } from '../testing/registry-under-test';
import { createEnvironment, RegistryUnderTest } from '../testing/registry-under-test';
import { SweepExpiredUploads } from './sweep-expired-uploads';
import { UploadRepository } from './upload.repository';

const MEBIBYTE = 1024 * 1024;
const CONTENT = 'application/offset+octet-stream';
const sha256 = (content: Buffer): Buffer => createHash('sha256').update(content).digest();

describe('uploads', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => (registry = await RegistryUnderTest.start()));
  afterAll(() => registry.stop());

  /** Sends a file as people's tus clients do. */
  function send(content: Buffer, options: Partial<tus.UploadOptions> = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const upload: tus.Upload = new tus.Upload(content, {
        endpoint: `${registry.service.url}/api/v1/uploads`,
        headers: registry.headers(),
        metadata: { filename: 'file.bin' },
        retryDelays: [0, 10, 50],
        onError: reject,
        onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
        ...options,
      });
      upload.start();
    });
  }

  const get = (id: string): Promise<Upload> => registry.ok<Upload>('GET', `/api/v1/uploads/${id}`);
  const raw = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer<Problem>> =>
    registry.call<Problem>(method, path, body, { headers: { 'tus-resumable': '1.0.0', ...headers } });
  const create = async (size: number, name = 'x.csv'): Promise<string> => {
    const metadata = `filename ${Buffer.from(name).toString('base64')}`;
    const headers = { 'upload-length': String(size), 'upload-metadata': metadata };
    const answer = await raw('POST', '/api/v1/uploads', headers);
    expect(answer.status).toBe(201);
    return answer.headers.get('location')?.split('/').at(-1) ?? '';
  };
  const patch = (
    id: string,
    offset: number | string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Problem>> =>
    raw(
      'PATCH',
      `/api/v1/uploads/${id}`,
      { 'upload-offset': String(offset), 'content-type': CONTENT, ...headers },
      body,
    );
  async function contentOf(id: string): Promise<Buffer> {
    const blobs = registry.service.app.get(BlobStore, { strict: false });
    const [file] = await registry.service.app.get(UploadRepository, { strict: false }).files([id]);
    const pieces = await Promise.all((file?.pieces ?? []).map((piece) => blobs.get(piece.sha256)));
    return Buffer.concat(await Promise.all(pieces.map((piece) => buffer(piece))));
  }

  it.each([
    ['a file of many pieces', 20 * MEBIBYTE + 17, {}],
    ['a file in requests of its own size', 3 * MEBIBYTE, { chunkSize: MEBIBYTE }],
    ['a file with its creation', MEBIBYTE, { uploadDataDuringCreation: true }],
    ['an empty file', 0, {}],
  ])('take %s from a tus client', async (_, size, options) => {
    const content = randomBytes(size);
    const id = await send(content, options);
    expect(await get(id)).toMatchObject({ name: 'file.bin', size, offset: size, complete: true });
    expect(sha256(await contentOf(id)).equals(sha256(content))).toBe(true);
  });

  it('go on where they broke off', async () => {
    const id = await create(10);
    expect((await patch(id, 0, '0123')).status).toBe(204);
    const url = `${registry.service.url}/api/v1/uploads/${id}`;
    await send(Buffer.from('0123456789'), { uploadUrl: url });
    expect((await contentOf(id)).toString()).toBe('0123456789');
  });

  it('keep what had arrived when the client vanished', async () => {
    const size = 12 * MEBIBYTE;
    const content = randomBytes(size);
    const id = await create(size);
    const { hostname, port } = new URL(registry.service.url);
    const socket = connect(Number(port), hostname);
    const headers = { ...registry.headers(), 'tus-resumable': '1.0.0', 'content-type': CONTENT };
    const lines = Object.entries({ ...headers, 'upload-offset': '0', 'content-length': String(size) });
    socket.write(`PATCH /api/v1/uploads/${id} HTTP/1.1\r\nhost: x\r\n`);
    socket.write(`${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`);
    socket.write(content.subarray(0, 9 * MEBIBYTE), () => socket.resetAndDestroy());
    await eventually(async () => expect((await get(id)).offset).toBeGreaterThan(0));
    const { offset } = await get(id);
    await send(content, { uploadUrl: `${registry.service.url}/api/v1/uploads/${id}` });
    expect(offset).toBeLessThan(size);
    expect(sha256(await contentOf(id)).equals(sha256(content))).toBe(true);
  });

  it('take each byte once from clients that write at once', async () => {
    const id = await create(4);
    const answers = await Promise.all([patch(id, 0, 'aaaa'), patch(id, 0, 'bbbb'), patch(id, 0, 'cccc')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
    expect((await contentOf(id)).toString()).toMatch(/^(a{4}|b{4}|c{4})$/);
  });

  it('answer as tus says', async () => {
    const options = await registry.fetch('OPTIONS', '/api/v1/uploads');
    expect([options.status, options.headers.get('tus-version')]).toEqual([204, '1.0.0']);
    expect(options.headers.get('tus-extension')).toContain('creation-with-upload');
    expect(Number(options.headers.get('tus-max-size'))).toBeGreaterThan(0);
    const id = await create(5, 'Größe.csv');
    const done = await patch(id, 0, 'he');
    expect(done.headers.get('upload-offset')).toBe('2');
    expect(done.headers.get('tus-resumable')).toBe('1.0.0');
    const head = await raw('HEAD', `/api/v1/uploads/${id}`, {});
    expect(head.status).toBe(200);
    expect(head.headers.get('upload-offset')).toBe('2');
    expect(head.headers.get('upload-length')).toBe('5');
    expect(head.headers.get('cache-control')).toBe('no-store');
    expect(head.headers.get('upload-metadata')).toMatch(/^filename /);
    expect(new Date(head.headers.get('upload-expires') ?? '').getTime()).toBeGreaterThan(Date.now());
    expect((await get(id)).name).toBe('Größe.csv');
    const [newest] = (await registry.ok<Page<Upload>>('GET', '/api/v1/uploads?pageSize=1')).items;
    expect(newest?.id).toBe(id);
  });

  it('take content whole or not at all when it has a checksum', async () => {
    const id = await create(5);
    const checksum = (text: string): Record<string, string> => ({
      'upload-checksum': `sha256 ${sha256(Buffer.from(text)).toString('base64')}`,
    });
    const wrong = await patch(id, 0, 'hello', checksum('hallo'));
    expect([wrong.status, wrong.body.code]).toEqual([460, 'VALIDATION_FAILED']);
    expect((await get(id)).offset).toBe(0);
    expect((await patch(id, 0, 'hello', checksum('hello'))).status).toBe(204);
    expect((await contentOf(id)).toString()).toBe('hello');
    const broken = await patch(await create(5), 0, 'hello', { 'upload-checksum': 'md5 abc' });
    expect(broken).toMatchObject({ status: 400, body: { errors: [{ path: 'Upload-Checksum' }] } });
  });

  it.each([
    ['no length', {}, 400, 'Upload-Length'],
    ['a length that is none', { 'upload-length': '-1' }, 400, 'Upload-Length'],
    ['a length to be said later', { 'upload-defer-length': '1' }, 400, 'Upload-Defer-Length'],
    ['more than is allowed', { 'upload-length': '99999999999999' }, 413, 'UPLOAD_MAX_BYTES'],
    ['broken metadata', { 'upload-length': '1', 'upload-metadata': 'filename ?' }, 400, 'Upload-Metadata'],
    ['no name', { 'upload-length': '1', 'upload-metadata': 'filename ' }, 400, 'filename must not be empty'],
    ['a NUL in the name', { 'upload-length': '1', 'upload-metadata': 'filename AAA=' }, 400, 'NUL'],
    ['a name twice', { 'upload-length': '1', 'upload-metadata': 'name YQ==,name YQ==' }, 400, 'once'],
    ['another version of tus', { 'upload-length': '1', 'tus-resumable': '0.2' }, 412, 'Tus-Resumable'],
  ])('are refused with %s', async (_, headers, status, says) => {
    const answer = await raw('POST', '/api/v1/uploads', headers);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(says)]);
    expect(answer.headers.get('tus-resumable')).toBe('1.0.0');
  });

  it('refuse content that does not fit', async () => {
    const id = await create(3);
    expect(await patch(id, 1, 'a')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect(await patch(id, 0, 'abcd')).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
    expect(await patch(id, 'x', 'a')).toMatchObject({ status: 400 });
    expect(await patch(id, 0, 'a', { 'content-type': 'text/csv' })).toMatchObject({ status: 415 });
    expect(await patch('0'.repeat(32), 0, 'a')).toMatchObject({ status: 404 });
    expect(await patch('x', 0, 'a')).toMatchObject({ status: 400 });
    expect((await get(id)).offset).toBe(0);
    const body = await registry.call(
      'POST',
      '/api/v1/uploads',
      { a: 1 },
      { headers: { 'tus-resumable': '1.0.0', 'upload-length': '1' } },
    );
    expect(body.status).toBe(415);
  });

  it('are for editors', async () => {
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': '1' };
    const answer = await registry.call('POST', '/api/v1/uploads', undefined, { as: 'viewer', headers });
    expect(answer.status).toBe(403);
  });

  it('are deleted with their content, but for what others need', async () => {
    const blobs = registry.service.app.get(BlobStore, { strict: false });
    const [own, shared] = [randomBytes(10), randomBytes(10)];
    const [id, other, third] = [await send(own), await send(shared), await send(shared)];
    expect((await raw('DELETE', `/api/v1/uploads/${id}`, {})).status).toBe(204);
    expect((await raw('DELETE', `/api/v1/uploads/${id}`, {})).status).toBe(404);
    expect((await raw('DELETE', `/api/v1/uploads/${other}`, {})).status).toBe(204);
    const sweep = registry.service.app.get(SweepReleasedBlobs, { strict: false });
    await sweep.execute();
    expect(await blobs.stat(sha256(own).toString('hex'))).toBeDefined(); // not at once
    await sweep.execute(-1_000);
    expect(await blobs.stat(sha256(own).toString('hex'))).toBeUndefined();
    expect(await contentOf(third)).toEqual(shared);
  });

  it('expire', async () => {
    const id = await send(randomBytes(10));
    await registry.database.db.execute(sql`update uploads set expires_at = 1 where id = ${id}`);
    expect((await registry.call('GET', `/api/v1/uploads/${id}`)).status).toBe(404);
    expect((await patch(id, 10, 'x')).status).toBe(404);
    await expect(registry.service.app.get(SweepExpiredUploads, { strict: false }).execute()).resolves.toBe(1);
  });

  it('have bounds that are set', async () => {
    const environment = await createEnvironment({ UPLOAD_MAX_BYTES: '10' });
    const small = await RegistryUnderTest.start(environment);
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': '11' };
    expect((await small.call('POST', '/api/v1/uploads', undefined, { headers })).status).toBe(413);
    await small.stop();
    await environment.drop();
  });
});
