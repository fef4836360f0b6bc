import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves one content, by ranges too, and can be told to break off, to refuse and to change its mind. */
export class FlakyServer {
  readonly ranges: (string | undefined)[] = [];
  /** Connections break off after so many bytes, for so many answers. */
  breaks: number[] = [];
  /** Statuses of the next answers. */
  statuses: number[] = [];
  knowsRanges = true;
  etag: string | undefined = '"one"';
  private readonly server: Server;

  constructor(public content: Buffer) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { range, 'if-range': ifRange } = request.headers;
    this.ranges.push(range);
    const status = this.statuses.shift();
    if (status !== undefined) return void response.writeHead(status).end();
    const size = this.content.length;
    const etag = this.etag === undefined ? {} : { etag: this.etag };
    const asked = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const start = this.knowsRanges && (ifRange === undefined || ifRange === this.etag) ? asked : 0;
    if (start > 0 && start >= size) {
      return void response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    }
    const body = this.content.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      ...etag,
      'content-length': body.length,
      ...(start > 0 ? { 'content-range': `bytes ${start}-${size - 1}/${size}` } : {}),
    });
    const until = this.breaks.shift();
    if (until === undefined || until >= body.length) return void response.end(body);
    response.write(body.subarray(0, until), () => setImmediate(() => request.socket.destroy()));
  }
}
