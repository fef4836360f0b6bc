import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { CallerTokens } from '@modelyard/platform-access';
import { eventually } from '@modelyard/platform-testing';
import { rawRequest } from '../testing/raw-request';
import { runGateway, SECRET } from '../testing/running-gateway';
import type { GatewayUnderTest } from '../testing/running-gateway';

const MIB = 1024 * 1024;

describe('the gateway as a proxy', () => {
  let gateway: GatewayUnderTest;
  const problemOf = async (response: Response): Promise<Record<string, unknown>> => {
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    return (await response.json()) as Record<string, unknown>;
  };

  beforeAll(async () => {
    gateway = await runGateway({
      GATEWAY_MAX_BODY_BYTES: String(256 * MIB),
      GATEWAY_MAX_PREDICT_BODY_BYTES: String(3 * MIB),
      GATEWAY_UPSTREAM_TIMEOUT_MS: '400',
      GATEWAY_UPSTREAM_IDLE_MS: '1500',
      GATEWAY_KEYS_POLL_MS: '50',
    });
  });
  afterAll(() => gateway.stop());
  afterEach(() => {
    gateway.registry.handle = (_request, response) => response.end();
    gateway.inference.handle = (_request, response) => response.end();
  });

  it('passes method, path, query and body on, and the answer back, byte by byte', async () => {
    gateway.registry.handle = (request, response) => {
      response.writeHead(201, { 'content-type': 'text/plain', etag: '"7"', location: '/api/v1/models/x' });
      response.write(`${request.method} ${request.url} `);
      request.pipe(response);
    };
    const response = await gateway.send('/api/v1/models?filter=a%2Fb&x=1', { method: 'POST', body: 'grüße' });
    expect(response.status).toBe(201);
    expect(response.headers.get('etag')).toBe('"7"');
    expect(response.headers.get('location')).toBe('/api/v1/models/x');
    expect(await response.text()).toBe('POST /api/v1/models?filter=a%2Fb&x=1 grüße');
  });

  it.each([
    ['POST', '/predict', 'inference'],
    ['POST', '/api/v1/deployments/digits/predict', 'inference'],
    ['GET', '/api/v1/deployments/digits', 'registry'],
    ['GET', '/api/v1/deployments/digits/predict/x', 'registry'],
    ['DELETE', '/api/v1/models/digits', 'registry'],
  ])('%s %s goes to %s', async (method, path, service) => {
    gateway.registry.handle = (_request, response) => response.end('registry');
    gateway.inference.handle = (_request, response) => response.end('inference');
    expect(await (await gateway.send(path, { method })).text()).toBe(service);
  });

  it('tells the service who calls in a token of its own, whatever the client says', async () => {
    let headers: IncomingHttpHeaders = {};
    gateway.registry.handle = (request, response) => {
      headers = request.headers;
      response.end();
    };
    const response = await gateway.send('/api/v1/models', {
      headers: {
        'x-api-key': 'viewer',
        'x-modelyard-caller': 'Bearer forged',
        'x-forwarded-for': '10.0.0.1',
        'x-request-id': 'mine-1',
      },
    });
    expect(response.headers.get('x-request-id')).toBe('mine-1');
    const token = String(headers['x-modelyard-caller']).replace('Bearer ', '');
    expect(new CallerTokens(SECRET).verify(token)).toEqual({
      caller: { id: 'id-viewer', name: 'viewer', role: 'viewer', kind: 'api-key' },
      requestId: 'mine-1',
    });
    expect(headers).toMatchObject({ 'x-request-id': 'mine-1', 'x-forwarded-for': '127.0.0.1' });
    expect(headers).not.toHaveProperty('x-api-key');
  });

  it('asks for a key, knows roles, and answers neither with a 500', async () => {
    const without = await fetch(`${gateway.url}/api/v1/models`);
    expect(without.status).toBe(401);
    expect(without.headers.get('www-authenticate')).toBe('Bearer realm="modelyard"');
    expect(await problemOf(without)).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    const unknown = await gateway.send('/api/v1/models', { headers: { 'x-api-key': 'nobody' } });
    expect(unknown.status).toBe(401);
    const viewer = await gateway.send('/api/v1/models', {
      method: 'POST',
      headers: { 'x-api-key': 'viewer' },
    });
    expect(viewer.status).toBe(403);
    expect(await problemOf(viewer)).toMatchObject({ code: 'FORBIDDEN' });
    const predictor = await gateway.send('/predict', {
      method: 'POST',
      headers: { 'x-api-key': 'predictor' },
    });
    expect(predictor.status).toBe(200);
  });

  it.each([
    '/internal/deployments',
    '/internal/openapi.json',
    '/api/v1/../../internal/deployments',
    '/api/v1/%2e%2e/%2e%2e/internal/deployments',
    '/api/v1/..%2f..%2finternal/deployments',
    '/api/v1//internal/deployments',
    '//internal/deployments',
    'http://127.0.0.1/internal/deployments',
    'http://127.0.0.1/api/v1/models',
    '/api/v1/\\..\\internal',
    '/api/v1/%',
    '/%zz',
    '*',
  ])('lets nothing through by %s', async (target) => {
    let reached = false;
    gateway.registry.handle = (_request, response) => {
      reached = true;
      response.end();
    };
    const answer = await rawRequest(
      gateway.url,
      `GET ${target} HTTP/1.1\r\nhost: x\r\nx-api-key: admin\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).toContain('application/problem+json');
    expect(reached).toBe(false);
  });

  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked'],
    ['a negative length', 'content-length: -1'],
    ['chunks in disguise', 'transfer-encoding: xchunked'],
    ['a folded header', 'x-a: b\r\n c: d\r\ntransfer-encoding : chunked'],
  ])('refuses a request with %s, which could hide another', async (_, headers) => {
    let reached = 0;
    gateway.registry.handle = (_request, response) => {
      reached += 1;
      response.end();
    };
    const smuggled = 'GET /internal/deployments HTTP/1.1\r\nhost: x\r\n\r\n';
    const answer = await rawRequest(
      gateway.url,
      `POST /api/v1/models HTTP/1.1\r\nhost: x\r\nx-api-key: admin\r\n${headers}\r\nconnection: close\r\n\r\n0\r\n\r\n${smuggled}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (400|501) /);
    expect(reached).toBe(0);
  });

  it('streams an event stream event by event', async () => {
    const sent = 1_000;
    let acknowledge = (): void => undefined;
    gateway.registry.handle = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let event = 0;
      // The next event leaves only when the client has seen this one: anything that buffers would hang.
      acknowledge = () => {
        event += 1;
        if (event > sent) response.end();
        else response.write(`id: ${event}\nevent: progress\ndata: {"epoch":${event}}\n\n`);
      };
      response.flushHeaders();
    };
    const response = await gateway.send('/api/v1/training-jobs/1/events', {
      headers: { accept: 'text/event-stream' },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const ids: string[] = [];
    acknowledge();
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      ids.push(/^id: (\d+)\n/.exec(chunk)?.[1] ?? chunk);
      acknowledge();
    }
    expect(ids).toEqual(Array.from({ length: sent }, (_, index) => String(index + 1)));
  });

  it('takes its request back from the service when the client goes away', async () => {
    let closed = false;
    gateway.registry.handle = (request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      request.on('close', () => (closed = true));
    };
    const leave = new AbortController();
    const response = await gateway.send('/api/v1/training-jobs/1/events', { signal: leave.signal });
    await response.body?.getReader().read();
    expect(closed).toBe(false);
    leave.abort();
    await eventually(() => expect(closed).toBe(true));
  });

  it('takes its request back also while the service has not answered yet', async () => {
    let arrived = false;
    let closed = false;
    gateway.inference.handle = (request) => {
      arrived = true;
      request.on('close', () => (closed = true));
    };
    const leave = new AbortController();
    const response = gateway
      .send('/predict', { method: 'POST', body: '{}', signal: leave.signal })
      .catch(() => 'left');
    await eventually(() => expect(arrived).toBe(true));
    leave.abort();
    expect(await response).toBe('left');
    await eventually(() => expect(closed).toBe(true), { timeoutMs: 300 });
  });

  it('streams a large upload in constant memory, unchanged', async () => {
    const chunk = Buffer.alloc(MIB, 7);
    const total = 240;
    let received = 0;
    const digest = createHash('sha256');
    let peak = 0;
    gateway.registry.handle = (request, response) => {
      request.on('data', (data: Buffer) => {
        received += data.length;
        digest.update(data);
        const { external, arrayBuffers } = process.memoryUsage();
        peak = Math.max(peak, external + arrayBuffers);
      });
      request.on('end', () => response.end(digest.digest('hex')));
    };
    const before = process.memoryUsage();
    const upload = httpRequest(`${gateway.url}/api/v1/artifacts`, {
      method: 'PUT',
      headers: { 'x-api-key': 'admin' },
    });
    for (let sent = 0; sent < total; sent += 1) {
      if (!upload.write(chunk)) await once(upload, 'drain');
    }
    upload.end();
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    const answer = Buffer.concat(await response.toArray()).toString();
    const expected = createHash('sha256');
    for (let sent = 0; sent < total; sent += 1) expected.update(chunk);
    expect(answer).toBe(expected.digest('hex'));
    expect(received).toBe(total * MIB);
    expect(peak - before.external - before.arrayBuffers).toBeLessThan((total / 2) * MIB);
  });

  it('refuses a body that announces to be too large before any of it comes', async () => {
    let reached = false;
    gateway.registry.handle = () => (reached = true);
    const answer = await rawRequest(
      gateway.url,
      `POST /api/v1/models HTTP/1.1\r\nhost: x\r\nx-api-key: admin\r\ncontent-length: ${300 * MIB}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('BODY_TOO_LARGE');
    expect(reached).toBe(false);
  });

  it('stops a body that turns out too large, and still gets its answer through to who is sending', async () => {
    gateway.registry.handle = (request) => request.resume();
    const upload = httpRequest(`${gateway.url}/api/v1/models`, {
      method: 'POST',
      headers: { 'x-api-key': 'admin' },
    });
    let answer: IncomingMessage | undefined;
    const answered = once(upload, 'response').then(([response]) => (answer = response as IncomingMessage));
    for (let sent = 0; sent < 400 && answer === undefined; sent += 1) {
      if (!upload.write(Buffer.alloc(MIB))) await Promise.race([once(upload, 'drain'), answered]);
    }
    upload.end();
    await answered;
    expect(answer?.statusCode).toBe(413);
    expect(Buffer.concat((await answer?.toArray()) as Buffer[]).toString()).toContain('BODY_TOO_LARGE');
  });

  it('holds predictions and everything else to their own limits', async () => {
    const announce = (path: string): Promise<string> =>
      rawRequest(
        gateway.url,
        `POST ${path} HTTP/1.1\r\nhost: x\r\nx-api-key: admin\r\ncontent-length: ${4 * MIB}\r\nconnection: close\r\n\r\n`,
      );
    expect(await announce('/predict')).toMatch(/^HTTP\/1\.1 413 /);
    expect(await announce('/api/v1/deployments/digits/predict')).toMatch(/^HTTP\/1\.1 413 /);
    const body = Buffer.alloc(4 * MIB);
    expect((await gateway.send('/api/v1/models', { method: 'POST', body })).status).toBe(200);
  });

  it('says 503 and when to come again while a service is down, and finds it again', async () => {
    await gateway.inference.die();
    const down = await gateway.send('/predict', { method: 'POST', body: '{}' });
    expect(down.status).toBe(503);
    expect(down.headers.get('retry-after')).toBe('1');
    expect(await problemOf(down)).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    const health = (await (await fetch(`${gateway.url}/health`)).json()) as { dependencies: unknown };
    expect(health.dependencies).toMatchObject({ registry: { status: 'up' }, inference: { status: 'down' } });
    await gateway.inference.start();
    expect((await gateway.send('/predict', { method: 'POST', body: '{}' })).status).toBe(200);
  });

  it('goes on with the keys that it knows while the registry is down', async () => {
    await gateway.registry.die();
    expect((await gateway.send('/predict', { method: 'POST', body: '{}' })).status).toBe(200);
    expect((await gateway.send('/api/v1/models')).status).toBe(503);
    await gateway.registry.start();
    expect((await gateway.send('/api/v1/models')).status).toBe(200);
  });

  it('says 504 when a service does not begin to answer', async () => {
    gateway.inference.handle = () => undefined;
    const response = await gateway.send('/predict', { method: 'POST', body: '{}' });
    expect(response.status).toBe(504);
    expect(await problemOf(response)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('breaks the connection when a service dies in the middle of its answer', async () => {
    gateway.registry.handle = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      setImmediate(() => response.destroy());
    };
    await expect(gateway.send('/api/v1/models').then((response) => response.text())).rejects.toThrow();
    gateway.registry.handle = (_request, response) => response.end('well again');
    expect(await (await gateway.send('/api/v1/models')).text()).toBe('well again');
  });

  it('asks once more when a kept connection was closed under a read', async () => {
    let tries = 0;
    gateway.registry.handle = (request, response) => {
      tries += 1;
      if (tries === 1) request.socket.destroy();
      else response.end('second');
    };
    expect(await (await gateway.send('/api/v1/models')).text()).toBe('second');
    tries = 0;
    expect((await gateway.send('/api/v1/models', { method: 'POST', body: '{}' })).status).toBe(503);
    expect(tries).toBe(1);
  });

  it('serves the next request on a connection whose body was left unread by the service', async () => {
    gateway.registry.handle = (_request, response) => response.writeHead(409).end('no');
    const body = 'x'.repeat(MIB);
    const first = await gateway.send('/api/v1/models', { method: 'POST', body });
    expect([first.status, await first.text()]).toEqual([409, 'no']);
    const second = await gateway.send('/api/v1/models', { method: 'POST', body });
    expect(second.status).toBe(409);
  });

  it('gives answers without a body as they are', async () => {
    gateway.registry.handle = (request, response) => {
      response.writeHead(request.method === 'DELETE' ? 204 : 304, { etag: '"1"' }).end();
    };
    expect((await gateway.send('/api/v1/models/x', { method: 'DELETE' })).status).toBe(204);
    expect((await gateway.send('/api/v1/models', { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
    gateway.registry.handle = (_request, response) =>
      response.writeHead(200, { 'content-length': '42' }).end();
    const head = await gateway.send('/api/v1/models', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '42']);
  });

  it('passes compressed bodies on as they are', async () => {
    gateway.registry.handle = (request, response) => {
      response.writeHead(200, { 'x-seen': String(request.headers['content-encoding']) });
      request.pipe(response);
    };
    const response = await gateway.send('/api/v1/models', {
      method: 'POST',
      body: Buffer.from([31, 139, 8, 0]),
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
    });
    expect(response.headers.get('x-seen')).toBe('gzip');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([31, 139, 8, 0]));
  });

  it('puts security headers on its own answers and on those of services', async () => {
    for (const path of ['/api/v1/models', '/', '/nothing', '/api/v1/..']) {
      const { headers } = await gateway.send(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });
});
