import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ApiKeyDigest } from '@modelyard/contracts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A service behind the gateway whose every answer a spec writes itself. */
export class FakeUpstream {
  private server: Server | undefined;
  private port = 0;
  /** What the registry would know. */
  keys: ApiKeyDigest[] = [];
  openApi: unknown = { openapi: '3.0.0', info: { title: 'x', version: '1' }, paths: {} };
  handle: Handler = (_request, response) => response.end();

  async start(): Promise<void> {
    this.server = createServer((request, response) => this.answer(request, response));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Dies as a killed process does; `start` brings it back on the same port. */
  async die(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const json = (body: unknown): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    if (request.url === '/internal/api-keys') json({ etag: JSON.stringify(this.keys), keys: this.keys });
    else if (request.url === '/internal/openapi.json') json(this.openApi);
    else if (request.url === '/health/live') json({ status: 'ok' });
    else this.handle(request, response);
  }
}
