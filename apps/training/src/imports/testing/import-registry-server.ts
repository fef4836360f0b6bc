import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  DatasetImport,
  FailImport,
  ImportProgressReport,
  StartImportResponse,
  SucceedImport,
} from '@modelyard/contracts';
import { importStart } from './example-import';

/** What the registry knows of one import. */
export interface KnownImport {
  start: StartImportResponse;
  attempts: number;
  reports: ImportProgressReport[];
  results: SucceedImport[];
}

/** A registry over HTTP with the import routes alone, that keeps its imports in memory. */
export class ImportRegistryServer {
  readonly imports = new Map<string, KnownImport>();
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      this.answer(request).then(
        ({ status, body }) =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Goes away, as a killed service does; `listen` brings it back on the same port with what it knew. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  add(id: string, change: Partial<DatasetImport>, rest: Partial<StartImportResponse> = {}): KnownImport {
    const known = {
      start: importStart({ ...change, id, status: 'queued' }, rest),
      attempts: 0,
      reports: [],
      results: [],
    };
    this.imports.set(id, known);
    return known;
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const [, id = '', action = ''] =
      /^\/internal\/dataset-imports\/([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const known = this.imports.get(id);
    const act = ACTIONS[action];
    if (known === undefined || act === undefined) return problem(404, 'NOT_FOUND');
    const body = await bodyOf(request);
    if (action === 'progress' && hasEnded(known)) return problem(409, 'CONFLICT');
    return { status: 200, body: act(known, body as never) };
  }
}

function problem(status: number, code: string): { status: number; body: unknown } {
  return { status, body: { type: 'about:blank', title: code, status, code, detail: code } };
}

export const hasEnded = ({ start }: KnownImport): boolean =>
  !['queued', 'running'].includes(start.import.status);

const ACTIONS: Record<string, (known: KnownImport, body: never) => unknown> = {
  start: (known) => {
    if (hasEnded(known)) return { ...known.start, decision: 'skip' };
    known.start.import.status = 'running';
    known.attempts++;
    return known.start;
  },
  progress: (known, report: ImportProgressReport) => {
    known.reports.push(report);
    if (report.checkpoint !== undefined) known.start.checkpoint = report.checkpoint;
    return { cancelRequested: known.start.import.cancelRequested };
  },
  succeed: (known, result: SucceedImport) => {
    if (hasEnded(known)) return known.start.import;
    known.start.import.status = known.start.import.cancelRequested ? 'cancelled' : 'succeeded';
    if (known.start.import.status === 'succeeded') known.results.push(result);
    return known.start.import;
  },
  fail: (known, { error, retriable }: FailImport) => {
    known.start.import.status = retriable ? 'queued' : 'failed';
    known.start.import.error = error;
    return known.start.import;
  },
  cancelled: (known) => {
    known.start.import.status = 'cancelled';
    return known.start.import;
  },
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}
