import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { guardedFetch } from './guarded-fetch';
import type { GuardedFetchOptions } from './guarded-fetch';
import type { Resolver } from './guarded-connector';

const servers: Server[] = [];

async function serve(answer: RequestListener): Promise<{ port: number; host: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { port, host: `127.0.0.1:${port}`, requests };
}

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      return closed;
    }),
  );
});

const resolvingTo =
  (...addresses: string[]): Resolver =>
  (_host, _options, done) =>
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

const fetched = async (url: string, options: Partial<GuardedFetchOptions> = {}): Promise<string> => {
  const response = await guardedFetch(url, { maxBytes: 1_000, ...options });
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return `${response.status} ${Buffer.concat(chunks).toString()}`;
};

it('fetches from a host that is allowed, following redirects', async () => {
  const { host, port } = await serve((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end('gone');
    else response.end(`${request.headers['accept-encoding']} ${request.headers['range']}`);
  });
  const options = { allowedHosts: [host], headers: { range: 'bytes=0-' } };
  await expect(fetched(`http://${host}/a`, options)).resolves.toBe('200 identity bytes=0-');
  await expect(
    fetched(`http://data.example:${port}/b`, {
      allowedHosts: [`data.example:${port}`],
      resolver: resolvingTo('127.0.0.1'),
    }),
  ).resolves.toMatch(/^200/);
});

it('hands out answers that are no success', async () => {
  const { host } = await serve((_, response) => response.writeHead(404).end('no'));
  await expect(fetched(`http://${host}/`, { allowedHosts: [host] })).resolves.toBe('404 no');
});

it.each([['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['169.254.169.254']])(
  'refuses a name that resolves to %s %s',
  async (...addresses) => {
    const { port, requests } = await serve((_, response) => response.end('secret'));
    await expect(
      fetched(`http://innocent.example:${port}/`, { resolver: resolvingTo(...addresses) }),
    ).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      message: expect.stringContaining('public') as string,
    });
    expect(requests).toEqual([]);
  },
);

it('refuses a redirect to where it may not go, and a loop', async () => {
  const inside = await serve((_, response) => response.end('secret'));
  const { host } = await serve((request, response) => {
    const location = {
      '/inside': `http://${inside.host}/`,
      '/file': 'file:///etc/passwd',
      '/user': 'http://u:p@8.8.8.8/',
      '/loop': '/loop',
      '/bad': 'http://[::',
    }[request.url ?? ''];
    response.writeHead(307, { location }).end();
  });
  for (const path of ['/inside', '/file', '/user', '/loop', '/bad']) {
    await expect(fetched(`http://${host}${path}`, { allowedHosts: [host] })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  }
  expect(inside.requests).toEqual([]);
});

it('takes no more bytes than it may, whatever the server announces', async () => {
  const { host } = await serve((request, response) => {
    if (request.url === '/announced') response.writeHead(200, { 'content-length': '5000' });
    response.end('x'.repeat(5_000));
  });
  for (const path of ['/announced', '/hidden']) {
    await expect(fetched(`http://${host}${path}`, { allowedHosts: [host] })).rejects.toMatchObject({
      code: 'BODY_TOO_LARGE',
    });
  }
});

it('gives up on a silent server, and on one that takes too long', async () => {
  const { host } = await serve((request, response) => {
    if (request.url !== '/head') response.write('x');
  });
  const silent = { allowedHosts: [host], idleMs: 50 };
  await expect(fetched(`http://${host}/head`, silent)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  await expect(fetched(`http://${host}/body`, silent)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  await expect(fetched(`http://${host}/body`, { allowedHosts: [host], totalMs: 50 })).rejects.toMatchObject({
    code: 'DEADLINE_EXCEEDED',
  });
});

it('says that a server broke off or is not there', async () => {
  const { host } = await serve((request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('x', () => request.socket.destroy());
  });
  await expect(fetched(`http://${host}/`, { allowedHosts: [host] })).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
  });
  await expect(fetched('http://127.0.0.1:1/', { allowedHosts: ['127.0.0.1:1'] })).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
  });
});

it('ends when it is told to, with the reason', async () => {
  const { host } = await serve((_, response) => void response.write('x'));
  const abort = new AbortController();
  const reason = new Error('enough');
  const response = await guardedFetch(`http://${host}/`, {
    allowedHosts: [host],
    maxBytes: 10,
    signal: abort.signal,
  });
  const reading = (async () => {
    for await (const _ of response.body) abort.abort(reason);
  })();
  await expect(reading).rejects.toBe(reason);
});

it('says of each address why it cannot be reached', async () => {
  const options = { allowedHosts: ['nobody.example:1'], resolver: resolvingTo('127.0.0.1', '::1') };
  await expect(fetched('http://nobody.example:1/x', options)).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
    message: expect.stringMatching(/cannot be fetched now: .*127\.0\.0\.1:1.*::1/),
  });
});

it('names a host that does not exist', async () => {
  const resolver: Resolver = (host, _options, done) =>
    done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }), []);
  await expect(fetched('http://nobody.example/x', { resolver })).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
    message: expect.stringContaining('ENOTFOUND nobody.example'),
  });
});
