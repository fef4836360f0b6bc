import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallerTokens } from '@modelyard/platform-access';
import { AppError } from '@modelyard/platform-errors';
import { requestContext } from '@modelyard/platform-observability';
import { ServiceClient } from '.';
import type { ServiceRequest } from '.';

const tokens = new CallerTokens('s'.repeat(32));

type Handler = (request: IncomingMessage & { text: string }, response: ServerResponse) => void;

/** A real server that can be killed, with all its connections, and started again on its port. */
class Peer {
  handler: Handler = (_, response) => response.end('{}');
  readonly seen: { method: string; url: string; headers: IncomingMessage['headers']; text: string }[] = [];
  connections = 0;
  port = 0;
  private server: Server | undefined;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        this.seen.push({
          method: request.method ?? '',
          url: request.url ?? '',
          headers: request.headers,
          text,
        });
        this.handler(Object.assign(request, { text }), response);
      });
    });
    server.on('connection', () => (this.connections += 1));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}

const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  type = 'application/json',
  more = {},
) => response.writeHead(status, { 'content-type': type, ...more }).end(JSON.stringify(body));

describe('ServiceClient', () => {
  let peer: Peer;
  let client: ServiceClient;
  beforeEach(async () => {
    peer = new Peer();
    await peer.start();
    client = new ServiceClient({
      service: 'registry',
      self: 'training',
      baseUrl: `http://127.0.0.1:${String(peer.port)}/base/`,
      tokens,
      timeoutMs: 2_000,
      random: () => 0.5,
    });
  });
  afterEach(async () => {
    await peer.kill();
    await client.close();
  });

  async function failure(request: ServiceRequest): Promise<AppError> {
    const error: unknown = await client.request(request).then(
      () => new Error('it succeeded'),
      (e: unknown) => e,
    );
    if (error instanceof AppError) return error;
    throw error;
  }

  it('sends path, query and JSON, and reads JSON', async () => {
    peer.handler = (request, response) =>
      json(response, 201, { got: JSON.parse(request.text) as unknown }, undefined, { etag: '"1"' });
    const answer = await client.request<{ got: unknown }>({
      method: 'POST',
      path: '/internal/x',
      query: { a: 'ä&b', n: 2, none: undefined },
      body: { deep: [1] },
      headers: { 'if-match': '"0"' },
    });
    expect(answer).toMatchObject({ status: 201, body: { got: { deep: [1] } }, headers: { etag: '"1"' } });
    expect(peer.seen[0]).toMatchObject({
      method: 'POST',
      url: '/base/internal/x?a=%C3%A4%26b&n=2',
      headers: { 'content-type': 'application/json', 'if-match': '"0"' },
    });
  });

  it('sends bytes as they are, and reads text, nothing and 304', async () => {
    peer.handler = (request, response) => response.end(request.text);
    const sent = await client.request<string>({
      method: 'PUT',
      path: '/',
      body: Buffer.from('yaml: 1'),
      headers: { 'content-type': 'application/yaml' },
    });
    expect(sent.body).toBe('yaml: 1');
    expect(peer.seen[0]?.headers['content-type']).toBe('application/yaml');
    peer.handler = (_, response) => response.writeHead(304).end();
    expect(await client.request({ method: 'GET', path: '/' })).toMatchObject({
      status: 304,
      body: undefined,
    });
  });

  it('carries the request id of the context, and the caller', async () => {
    const caller = { id: 'k', name: 'Ada', role: 'viewer', kind: 'api-key' } as const;
    await requestContext.run({ requestId: 'r-7' }, () => client.request({ method: 'GET', path: '/' }));
    await client.request({ method: 'GET', path: '/', caller });
    const [own, behalf] = peer.seen.map(({ headers }) => ({
      id: headers['x-request-id'],
      ...tokens.verify(String(headers['x-modelyard-caller']).replace('Bearer ', '')),
    }));
    expect(own).toEqual({
      id: 'r-7',
      requestId: 'r-7',
      caller: { id: 'service:training', name: 'training', role: 'admin', kind: 'service' },
    });
    expect(behalf?.caller).toEqual(caller);
    expect(behalf?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps its connections', async () => {
    for (let i = 0; i < 10; i++) await client.request({ method: 'GET', path: '/' });
    // undici hands the body over a moment before its connection is free again, so a second one may come up.
    expect(peer.connections).toBeLessThanOrEqual(2);
  });

  it('throws the error that the service answered with', async () => {
    const errors = [{ path: 'rows[2].name', message: 'must be a string' }];
    peer.handler = (_, response) =>
      json(
        response,
        400,
        { code: 'VALIDATION_FAILED', detail: 'rows[2].name: no', errors },
        'application/problem+json',
      );
    expect(await failure({ method: 'POST', path: '/', body: {} })).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: 'rows[2].name: no',
      fields: errors,
    });
    expect(peer.seen).toHaveLength(1);
  });

  it.each([
    [404, 'text/html', 'INTERNAL'],
    [418, 'application/json', 'INTERNAL'],
    [502, 'text/html', 'DEPENDENCY_UNAVAILABLE'],
    [504, 'text/html', 'DEADLINE_EXCEEDED'],
  ])('explains a %d (%s) that is no problem document', async (status, type, code) => {
    peer.handler = (_, response) => json(response, status, { code: 'NONSENSE', errors: [1, null] }, type);
    expect(await failure({ method: 'GET', path: '/', retry: 'never' })).toMatchObject({ code, fields: [] });
  });

  it('refuses an answer that claims to be JSON', async () => {
    peer.handler = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{');
    expect((await failure({ method: 'GET', path: '/' })).code).toBe('DEPENDENCY_UNAVAILABLE');
  });

  it('repeats reads, and never writes, that may have arrived', async () => {
    peer.handler = (_, response) =>
      json(response, 503, { code: 'OVERLOADED', detail: 'Full.' }, 'application/problem+json', {
        'retry-after': '0',
      });
    expect((await failure({ method: 'GET', path: '/' })).code).toBe('OVERLOADED');
    expect(peer.seen).toHaveLength(3);
    expect((await failure({ method: 'POST', path: '/' })).retryAfterSeconds).toBe(0);
    expect(peer.seen).toHaveLength(4);
    expect((await failure({ method: 'GET', path: '/', retry: 'never' })).code).toBe('OVERLOADED');
    expect(peer.seen).toHaveLength(5);
  });

  it('does not repeat a write whose connection broke', async () => {
    peer.handler = (request) => request.socket.destroy();
    expect((await failure({ method: 'POST', path: '/' })).code).toBe('DEPENDENCY_UNAVAILABLE');
    expect(peer.seen).toHaveLength(1);
  });

  it('repeats a write that may be repeated until it succeeds', async () => {
    let left = 4;
    peer.handler = (request, response) => {
      left -= 1;
      if (left > 0) request.socket.destroy();
      else response.end('done');
    };
    const answer = await client.request({ method: 'POST', path: '/', retry: { forMs: 10_000 } });
    expect(answer.body).toBe('done');
    expect(peer.seen).toHaveLength(4);
  });

  it('gives up when its time is over', async () => {
    await peer.kill();
    const start = performance.now();
    const error = await failure({ method: 'POST', path: '/', retry: { forMs: 700 } });
    expect(error).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE', retryAfterSeconds: 1 });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('carries a call over the death and return of the service', async () => {
    await client.request({ method: 'GET', path: '/' });
    await peer.kill();
    const call = client.request({ method: 'POST', path: '/again', retry: { forMs: 15_000 } });
    const early = await failure({ method: 'GET', path: '/', retry: 'never' });
    expect(early.code).toBe('DEPENDENCY_UNAVAILABLE');
    await peer.start();
    expect((await call).status).toBe(200);
    expect(peer.seen.filter(({ url }) => url === '/base/again')).toHaveLength(1);
  });

  it('stops asking a service that is away, and comes back', async () => {
    await peer.kill();
    for (let i = 0; i < 5; i++) await failure({ method: 'GET', path: '/', retry: 'never' });
    await peer.start();
    expect((await failure({ method: 'GET', path: '/', retry: 'never' })).code).toBe('DEPENDENCY_UNAVAILABLE');
    expect(peer.seen).toHaveLength(0); // the circuit is open: it was not even asked
    expect((await client.request({ method: 'GET', path: '/', retry: { forMs: 5_000 } })).status).toBe(200);
    expect((await client.request({ method: 'GET', path: '/', retry: 'never' })).status).toBe(200);
  });

  it('does not count answers of a living service against it', async () => {
    peer.handler = (_, response) => json(response, 500, { code: 'INTERNAL' }, 'application/problem+json');
    for (let i = 0; i < 10; i++) await failure({ method: 'GET', path: '/' });
    expect(peer.seen).toHaveLength(10);
  });

  it('limits the time of a try, of a body that trickles too', async () => {
    peer.handler = (_, response) => void response.writeHead(200).write('{');
    expect((await failure({ method: 'POST', path: '/', timeoutMs: 50 })).code).toBe('DEADLINE_EXCEEDED');
    peer.handler = () => undefined;
    expect((await failure({ method: 'GET', path: '/', timeoutMs: 50 })).code).toBe('DEADLINE_EXCEEDED');
    expect(peer.seen).toHaveLength(4);
  });

  it('ends with the reason of its signal, before, during and between tries', async () => {
    const reason = new Error('cancelled');
    const request = { method: 'GET', path: '/' } as const;
    await expect(client.request({ ...request, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const during = new AbortController();
    peer.handler = () => during.abort(reason);
    await expect(client.request({ ...request, signal: during.signal })).rejects.toBe(reason);
    const between = new AbortController();
    peer.handler = (_, response) => {
      response.writeHead(503, { 'retry-after': '2' }).end();
      setTimeout(() => between.abort(reason), 100);
    };
    await expect(client.request({ ...request, signal: between.signal })).rejects.toBe(reason);
  });
});
