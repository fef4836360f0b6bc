import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { rawRequest } from '../testing/raw-request';
import { runGateway } from '../testing/running-gateway';
import type { GatewayUnderTest } from '../testing/running-gateway';

const MIB = 1024 * 1024;

describe('uploads and downloads through the gateway', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await runGateway({
      GATEWAY_MAX_BODY_BYTES: String(MIB),
      GATEWAY_MAX_UPLOAD_BYTES: String(256 * MIB),
      GATEWAY_UPSTREAM_TIMEOUT_MS: '200',
      GATEWAY_UPSTREAM_IDLE_MS: '600',
      CORS_ORIGINS: 'https://app.example.com',
    });
  });
  afterAll(() => gateway.stop());
  afterEach(() => {
    gateway.registry.handle = (_request, response) => response.end();
  });

  const begin = (method: string, path: string, headers: Record<string, string> = {}): ClientRequest =>
    httpRequest(gateway.url + path, { method, headers: { 'x-api-key': 'admin', ...headers } });
  const answerOf = async (request: ClientRequest): Promise<{ status: number | undefined; text: string }> => {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, text: Buffer.concat(await response.toArray()).toString() };
  };

  it('streams a piece that is far larger than other bodies may be, in constant memory', async () => {
    const total = 160;
    const digest = createHash('sha256');
    let peak = 0;
    gateway.registry.handle = (request, response) => {
      request.on('data', (data: Buffer) => {
        digest.update(data);
        const { external, arrayBuffers } = process.memoryUsage();
        peak = Math.max(peak, external + arrayBuffers);
      });
      request.on('end', () => response.writeHead(204, { 'upload-offset': String(total * MIB) }).end());
    };
    const { external, arrayBuffers } = process.memoryUsage();
    const upload = begin('PATCH', '/api/v1/uploads/7', { 'content-type': 'application/offset+octet-stream' });
    const expected = createHash('sha256');
    // One for all: what a garbage collector has not collected yet would count.
    const chunk = Buffer.alloc(MIB, 7);
    for (let sent = 0; sent < total; sent += 1) {
      expected.update(chunk);
      if (!upload.write(chunk)) await once(upload, 'drain');
    }
    upload.end();
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    expect([response.statusCode, response.headers['upload-offset']]).toEqual([204, String(total * MIB)]);
    expect(digest.digest('hex')).toBe(expected.digest('hex'));
    expect(peak - external - arrayBuffers).toBeLessThan((total / 2) * MIB);
  });

  it('passes what tus says, both ways', async () => {
    let seen: IncomingHttpHeaders = {};
    const said = {
      'tus-resumable': '1.0.0',
      location: '/api/v1/uploads/7',
      'upload-offset': '0',
      'upload-length': '9',
      'upload-metadata': 'filename eC5jc3Y=',
      'upload-expires': 'Wed, 25 Nov 2026 12:00:00 GMT',
    };
    gateway.registry.handle = (request, response) => {
      seen = request.headers;
      response.writeHead(201, said).end();
    };
    const asked = {
      'tus-resumable': '1.0.0',
      'upload-length': '9',
      'upload-metadata': 'filename eC5jc3Y=',
      'upload-checksum': 'sha256 x',
      'upload-offset': '0',
      prefer: 'wait=5',
    };
    const response = await gateway.send('/api/v1/uploads', { method: 'POST', headers: asked });
    expect(response.status).toBe(201);
    expect(seen).toMatchObject(asked);
    expect(Object.fromEntries(response.headers)).toMatchObject(said);
  });

  it('tells what tus can do to who has no key, and tells a browser that it may', async () => {
    let asked = 0;
    gateway.registry.handle = (request, response) => {
      asked += 1;
      response
        .writeHead(204, { 'tus-version': '1.0.0', 'tus-max-size': request.method === 'OPTIONS' ? '17' : '' })
        .end();
    };
    const tus = await fetch(`${gateway.url}/api/v1/uploads`, { method: 'OPTIONS' });
    expect([tus.status, tus.headers.get('tus-version'), tus.headers.get('tus-max-size')]).toEqual([
      204,
      '1.0.0',
      '17',
    ]);
    expect(asked).toBe(1);
    const preflight = await fetch(`${gateway.url}/api/v1/uploads/7`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'tus-resumable,upload-offset',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('tus-resumable,upload-offset');
    expect(asked).toBe(1);
    const read = await gateway.send('/api/v1/uploads/7', {
      method: 'HEAD',
      headers: { origin: 'https://app.example.com' },
    });
    expect(read.headers.get('access-control-expose-headers')).toContain('upload-offset');
    expect((await fetch(`${gateway.url}/api/v1/models`, { method: 'OPTIONS' })).status).toBe(405);
  });

  it('takes a large form of samples, and nothing else as large', async () => {
    gateway.registry.handle = (request, response) => {
      request.resume().on('end', () => response.writeHead(202).end());
    };
    const form = new FormData();
    form.set('name', 'pets');
    form.set('file', new Blob([new Uint8Array(3 * MIB)]), 'pets.zip');
    expect((await gateway.send('/api/v1/datasets', { method: 'POST', body: form })).status).toBe(202);
    const body = ' '.repeat(3 * MIB);
    const headers = { 'content-type': 'application/json' };
    expect((await gateway.send('/api/v1/datasets', { method: 'POST', body, headers })).status).toBe(413);
    expect((await gateway.send('/api/v1/models', { method: 'POST', body: form })).status).toBe(413);
  });

  it('refuses an upload that announces more than is taken', async () => {
    const answer = await rawRequest(
      gateway.url,
      `PATCH /api/v1/uploads/7 HTTP/1.1\r\nhost: x\r\nx-api-key: admin\r\ncontent-length: ${257 * MIB}\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('gives a slow upload all the time it takes, while bytes come', async () => {
    let received = 0;
    gateway.registry.handle = (request, response) => {
      request
        .on('data', (data: Buffer) => (received += data.length))
        .on('end', () => response.end(`${received}`));
    };
    const upload = begin('PATCH', '/api/v1/uploads/7');
    const answered = answerOf(upload);
    // Twice as long in all as a service may take to answer, and longer than a client may be silent.
    for (let sent = 0; sent < 16; sent += 1) {
      upload.write('0123456789');
      await pause(75);
    }
    upload.end();
    await expect(answered).resolves.toEqual({ status: 200, text: '160' });
  });

  it('gives up on a client that falls silent in the middle of a body', async () => {
    gateway.registry.handle = (request) => request.resume();
    const upload = begin('PATCH', '/api/v1/uploads/7', { 'content-length': '100' });
    upload.on('error', () => undefined);
    const answered = answerOf(upload);
    upload.write('half');
    const { status, text } = await answered;
    expect([status, (JSON.parse(text) as { code: string }).code]).toEqual([504, 'DEADLINE_EXCEEDED']);
    upload.destroy();
  });

  it('waits as long as the client prefers', async () => {
    // Long after it would have been given up: the timeout comes up to a second late.
    gateway.registry.handle = ({ headers }, response) => {
      if (headers.prefer === 'wait=5') void pause(2500).then(() => response.writeHead(201).end());
    };
    const create = (prefer: string): Promise<Response> =>
      gateway.send('/api/v1/datasets', {
        method: 'POST',
        body: '{}',
        headers: { prefer, 'content-type': 'application/json' },
      });
    expect((await create('wait=5')).status).toBe(201);
    expect((await create('respond-async')).status).toBe(504);
  });

  it('passes downloads on: parts of them, and what the file is called', async () => {
    gateway.registry.handle = (request, response) => {
      response
        .writeHead(206, {
          'content-range': `bytes 5-9/10 ${request.headers.range}`,
          'accept-ranges': 'bytes',
          'content-disposition': 'attachment; filename="pets.csv"',
          'content-length': '5',
        })
        .end('56789');
    };
    const headers = { range: 'bytes=5-', 'if-range': '"1"', 'x-api-key': 'viewer' };
    const response = await gateway.send('/api/v1/datasets/pets/versions/1/download?format=csv', { headers });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 5-9/10 bytes=5-');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="pets.csv"');
    expect(await response.text()).toBe('56789');
  });

  it('lets viewers read, and only editors upload', async () => {
    const as = (method: string, path: string): Promise<Response> =>
      gateway.send(path, { method, headers: { 'x-api-key': 'viewer' } });
    expect((await as('GET', '/api/v1/datasets/pets/versions/1/rows')).status).toBe(200);
    expect((await as('GET', '/api/v1/dataset-imports/7')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/api/v1/uploads'],
      ['PATCH', '/api/v1/uploads/7'],
      ['DELETE', '/api/v1/uploads/7'],
      ['POST', '/api/v1/datasets'],
    ] as const) {
      expect((await as(method, path)).status).toBe(403);
    }
  });
});
