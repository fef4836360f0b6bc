import { once } from 'node:events';
import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { CallerTokens } from '@modelyard/platform-access';
import type { RunningService } from '.';
import { startService } from '.';
import { testConfig } from './testing/config';
import { EchoModule } from './testing/echo.module';

describe('a service', () => {
  let service: RunningService;

  beforeAll(async () => {
    jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    service = await startService({
      name: 'registry',
      module: EchoModule,
      config: testConfig({ LOG_LEVEL: 'info' }),
      openApi: { title: 'Registry', description: 'The system of record.' },
      bodyLimit: 2_000,
    });
  });
  afterAll(async () => {
    await service.stop();
    jest.restoreAllMocks();
  });

  const send = (path: string, init: RequestInit = {}) => fetch(service.url + path, init);
  const post = (body: string, type = 'application/json') =>
    send('/api/v1/echo', { method: 'POST', body, headers: { 'content-type': type } });
  async function problem(response: Response): Promise<Record<string, unknown>> {
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = (await response.json()) as Record<string, unknown>;
    expect(body['status']).toBe(response.status);
    expect(body['requestId']).toBe(response.headers.get('x-request-id'));
    return body;
  }

  it('keeps the request id through the body, the handler and the answer', async () => {
    const response = await send('/api/v1/echo', {
      method: 'POST',
      body: '{"text":"hi"}',
      headers: { 'content-type': 'application/json', 'x-request-id': 'abc-1' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-request-id')).toBe('abc-1');
    expect(await response.json()).toEqual({ text: 'hi', requestId: 'abc-1' });
  });

  it('makes a request id where none, or a bad one, was sent', async () => {
    const response = await send('/api/v1/echo', { headers: { 'x-request-id': 'no good {}' } });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['an unknown route', () => send('/api/v1/nothing?key=S3CRET'), 404, 'ROUTE_NOT_FOUND'],
    ['malformed JSON', () => post('{"text":'), 400, 'MALFORMED_BODY'],
    ['an empty JSON body', () => post(''), 400, 'MALFORMED_BODY'],
    ['a poisoned prototype', () => post('{"__proto__":{"a":1}}'), 400, 'MALFORMED_BODY'],
    [
      'a body that is too large',
      () => post(JSON.stringify({ text: 'x'.repeat(3_000) })),
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'a wrong content type',
      () => post('text=hi', 'application/x-www-form-urlencoded'),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['plain text', () => post('hi', 'text/plain'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a broken path', () => send('/api/v1/echo/broken/%E0%A4%A'), 400, 'VALIDATION_FAILED'],
    ['no credentials', () => send('/api/v1/echo/me'), 401, 'UNAUTHENTICATED'],
    ['an unknown error', () => send('/api/v1/echo/broken/error'), 500, 'INTERNAL'],
    ['a thrown string', () => send('/api/v1/echo/broken/text'), 500, 'INTERNAL'],
  ])('answers %s with a problem', async (_, act, status, code) => {
    const response = await act();
    expect(response.status).toBe(status);
    const body = await problem(response);
    expect(body).toMatchObject({ code });
    expect(JSON.stringify(body)).not.toMatch(/hunter2|S3CRET/);
  });

  it('tells a wrong method from a wrong path', async () => {
    const response = await send('/api/v1/echo', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(await problem(response)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('names the wrong fields of bodies and queries', async () => {
    expect(await problem(await post('{"text":5,"txet":"x"}'))).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: expect.arrayContaining([
        { path: 'txet', message: 'is not a known field; known are text' },
        { path: 'text', message: 'must be a string' },
      ]),
    });
    expect(await problem(await send('/api/v1/echo?limit=ten'))).toMatchObject({
      errors: [{ path: 'limit', message: 'must be an integer number' }],
    });
    expect(await (await send('/api/v1/echo?limit=10')).json()).toEqual({ limit: 10 });
  });

  it('says when to try again', async () => {
    const response = await send('/api/v1/echo/broken/full');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('3');
  });

  it.each([
    ['NONSENSE\r\n\r\n', '400 Bad Request', 'MALFORMED_BODY'],
    [`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}`, '431 Request Header Fields', 'VALIDATION_FAILED'],
  ])('answers nonsense on the socket with a problem (%#)', async (text, status, code) => {
    const { port } = new URL(service.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(text);
    const [data] = (await once(socket, 'data')) as [Buffer];
    const [head, body] = data.toString().split('\r\n\r\n');
    expect(head).toContain(status);
    expect(head).toContain('application/problem+json');
    expect(JSON.parse(body ?? '')).toMatchObject({ code });
    socket.destroy();
  });

  it('knows the caller by the internal token', async () => {
    const caller = { id: 'k', name: 'Ada', role: 'viewer', kind: 'api-key' } as const;
    const token = service.app.get(CallerTokens).sign(caller, 'r');
    const response = await send('/api/v1/echo/me', { headers: { 'x-modelyard-caller': `Bearer ${token}` } });
    expect(await response.json()).toEqual(caller);
  });

  it('counts requests by route pattern, those that the client gave up too', async () => {
    await send('/api/v1/echo/broken/one');
    await send('/no/such/path');
    const given = httpRequest(`${service.url}/api/v1/echo`, {
      method: 'POST',
      headers: { 'content-length': '100', 'content-type': 'application/json' },
    });
    given.on('error', () => undefined);
    given.write('{');
    const metrics = async () => (await send('/metrics')).text();
    while (!(await metrics()).includes('active_requests{service="registry"} 1')) continue;
    given.destroy();
    while (!(await metrics()).includes('active_requests{service="registry"} 0')) continue;
    const text = await metrics();
    expect(text).toMatch(
      /api_requests_total\{method="GET",route="\/api\/v1\/echo\/broken\/:how",status="500",service="registry"\} \d/,
    );
    expect(text).toMatch(
      /api_requests_total\{method="GET",route="unmatched",status="404",service="registry"\} \d/,
    );
    expect(text).toContain('status="499"');
    expect(text).not.toContain('/no/such');
  });

  it('gets its refusal through to who is still sending a body that is too large', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.write('POST /api/v1/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n');
    socket.write('transfer-encoding: chunked\r\n\r\n');
    // A service that closed at once would reset the connection under these, and the answer would be lost.
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    for (let sent = 0; sent < 64; sent += 1) {
      if (!socket.write(chunk)) await once(socket, 'drain');
    }
    socket.write('0\r\n\r\nGET /api/v1/echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('BODY_TOO_LARGE');
    expect(answer).toContain('HTTP/1.1 200 OK');
  });

  it('is ready, and describes itself', async () => {
    expect((await send('/health/ready')).status).toBe(200);
    const response = await send('/internal/openapi.json');
    const document = (await response.json()) as {
      info: { title: string };
      paths: Record<string, { post?: { responses: object } }>;
      components: { schemas: object };
    };
    expect(document.info.title).toBe('Registry');
    expect(Object.keys(document.paths)).toContain('/api/v1/echo');
    expect(document.paths['/api/v1/echo']?.post?.responses).toHaveProperty('default');
    expect(document.components.schemas).toHaveProperty('Problem');
    expect(document.components.schemas).toHaveProperty('EchoBody');
  });
});
