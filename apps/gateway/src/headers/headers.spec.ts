import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { requestHeaders } from './request-headers';
import { responseHeaders } from './response-headers';

const forwarded = { token: 'signed', requestId: 'r1', hasBody: true };
const request = (headers: IncomingHttpHeaders): IncomingMessage =>
  ({ headers, socket: { remoteAddress: '192.0.2.7' } }) as unknown as IncomingMessage;

describe('requestHeaders', () => {
  it('passes on what belongs to the message', () => {
    const headers = {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'content-length': '2',
      'content-encoding': 'gzip',
      'idempotency-key': 'k',
      'if-match': '"3"',
      'last-event-id': '7',
      'x-tensor-dtype': 'uint8',
      traceparent: '00-1-2-01',
      'user-agent': 'curl',
    };
    expect(requestHeaders(request(headers), forwarded)).toMatchObject(headers);
  });

  it('says itself who calls, and lets no client say it', () => {
    const result = requestHeaders(
      request({
        host: 'api.example.com',
        authorization: 'Bearer key',
        'x-api-key': 'key',
        cookie: 'session=1',
        forwarded: 'for=10.0.0.1',
        'x-forwarded-for': '10.0.0.1',
        'x-forwarded-proto': 'https',
        'x-forwarded-user': 'root',
        'x-real-ip': '10.0.0.1',
        'x-modelyard-caller': 'Bearer forged',
        'x-modelyard-anything': '1',
        'x-request-id': 'theirs',
        'x-original-url': '/internal',
        via: '1.1 proxy',
      }),
      forwarded,
    );
    expect(result).toEqual({
      'x-modelyard-caller': 'Bearer signed',
      'x-request-id': 'r1',
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'api.example.com',
    });
  });

  it('drops what speaks of the connection, and what the client names so', () => {
    const result = requestHeaders(
      request({
        connection: 'keep-alive, X-Secret',
        'x-secret': '1',
        'keep-alive': 'timeout=5',
        te: 'trailers',
        trailer: 'x',
        'transfer-encoding': 'chunked',
        upgrade: 'websocket',
        'proxy-authorization': 'Basic x',
        expect: '100-continue',
      }),
      forwarded,
    );
    expect(Object.keys(result)).toEqual([
      'x-modelyard-caller',
      'x-request-id',
      'x-forwarded-for',
      'x-forwarded-proto',
    ]);
  });

  it('announces no body that is not sent, and no host that is none', () => {
    const headers = { 'content-length': '5', 'content-type': 'text/plain', host: 'a b' };
    const result = requestHeaders(request(headers), { ...forwarded, hasBody: false });
    expect(Object.keys(result)).not.toEqual(expect.arrayContaining(['content-length']));
    expect(result).not.toHaveProperty('content-type');
    expect(result).not.toHaveProperty('x-forwarded-host');
  });
});

describe('responseHeaders', () => {
  it('keeps the message of the service and drops what it says of itself', () => {
    const upstream = {
      'content-type': 'application/json',
      etag: '"1"',
      'set-cookie': ['a=1', 'b=2'],
      server: 'secret/1.0',
      'x-powered-by': 'secret',
      connection: 'close, x-hop',
      'x-hop': '1',
      'keep-alive': 'timeout=72',
      'transfer-encoding': 'chunked',
    };
    expect(responseHeaders(upstream, {})).toEqual({
      'content-type': 'application/json',
      etag: '"1"',
      'set-cookie': ['a=1', 'b=2'],
    });
  });

  it("lets the gateway's own headers win, and joins what both vary by", () => {
    const upstream = { 'x-frame-options': 'ALLOWALL', 'x-request-id': 'service', vary: 'Accept, Origin' };
    const own = { 'x-frame-options': 'DENY', 'x-request-id': 'gateway', vary: 'Origin' };
    expect(responseHeaders(upstream, own)).toEqual({
      'x-frame-options': 'DENY',
      'x-request-id': 'gateway',
      vary: 'Accept, Origin',
    });
  });
});
