import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { DeploymentStatus, DesiredDeployment } from '@modelyard/contracts';

/** The two routes of the registry that inference speaks to. */
export class FakeRegistry {
  desired: DesiredDeployment[] = [];
  /** The last status of each deployment. */
  readonly statuses = new Map<string, DeploymentStatus & { replica: string }>();
  notModified = 0;
  private server: Server | undefined;
  private port = 0;

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

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

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = /^\/internal\/deployments\/([^/]+)\/status$/.exec(request.url ?? '');
    if (status?.[1] !== undefined && request.method === 'PUT') {
      const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
      this.statuses.set(status[1], JSON.parse(body) as DeploymentStatus & { replica: string });
      response.writeHead(204).end();
      return;
    }
    const etag = JSON.stringify(this.desired.map(({ name, revision }) => [name, revision])).replaceAll(
      '"',
      "'",
    );
    if (request.headers['if-none-match'] === `"${etag}"`) {
      this.notModified += 1;
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ etag, deployments: this.desired }));
  }
}
