import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  MetricPoint,
  SucceedTraining,
  TrainingCheckpoint,
  TrainingProgressReport,
} from '@modelyard/contracts';
import { startOf } from './example-job';

type Start = ReturnType<typeof startOf>;

/** What the registry knows of one job. */
export interface KnownJob {
  start: Start;
  status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  attempts: number;
  error?: string;
  cancelRequested: boolean;
  params: Record<string, string>;
  metrics: MetricPoint[];
  checkpoints: TrainingCheckpoint[];
  results: SucceedTraining[];
}

/** A registry over HTTP with the training routes alone, that keeps its jobs in memory. */
export class RegistryServer {
  readonly jobs = new Map<string, KnownJob>();
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      this.answer(request).then(
        (body) => {
          if (body === undefined) return response.writeHead(204).end();
          return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        },
        (error: unknown) => {
          const status = error instanceof Refusal ? error.status : 500;
          const code = { 404: 'NOT_FOUND', 409: 'CONFLICT' }[status] ?? 'INTERNAL';
          response.writeHead(status, { 'content-type': 'application/problem+json' });
          response.end(
            JSON.stringify({ type: 'about:blank', title: code, status, code, detail: String(error) }),
          );
        },
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

  add(id: string, change: Parameters<typeof startOf>[0]): KnownJob {
    const start = startOf(change);
    const job: KnownJob = {
      start: { ...start, job: { ...start.job, id } },
      status: 'queued',
      attempts: 0,
      cancelRequested: false,
      params: {},
      metrics: [],
      checkpoints: [],
      results: [],
    };
    this.jobs.set(id, job);
    return job;
  }

  private async answer(request: IncomingMessage): Promise<unknown> {
    const [, id = '', action = ''] =
      /^\/internal\/training-jobs\/([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const job = this.jobs.get(id);
    if (job === undefined) throw new Refusal(404);
    const body = await bodyOf(request);
    const act = ACTIONS[action];
    if (act === undefined) throw new Refusal(404);
    return act(job, body as never);
  }
}

class Refusal extends Error {
  constructor(readonly status: number) {
    super(`refused with ${status}`);
  }
}

const ended = (job: KnownJob): boolean => !['queued', 'running'].includes(job.status);

const ACTIONS: Record<string, (job: KnownJob, body: never) => unknown> = {
  start: (job) => {
    if (ended(job)) return { ...job.start, decision: 'skip', job: { ...job.start.job, status: job.status } };
    job.status = 'running';
    job.attempts++;
    const checkpoint = job.checkpoints.at(-1);
    return { ...job.start, ...(checkpoint === undefined ? {} : { checkpoint }) };
  },
  progress: (job, report: TrainingProgressReport) => {
    if (ended(job)) throw new Refusal(409);
    Object.assign(job.params, report.params);
    job.metrics.push(...report.metrics);
    return { cancelRequested: job.cancelRequested };
  },
  checkpoint: (job, { checkpoint }: { checkpoint: TrainingCheckpoint }) =>
    void job.checkpoints.push(checkpoint),
  succeed: (job, result: SucceedTraining) => {
    if (job.status === 'succeeded') return { status: job.status };
    job.status = 'succeeded';
    job.results.push(result);
    return { status: job.status };
  },
  fail: (job, { error, retriable }: { error: string; retriable: boolean }) => {
    job.status = retriable ? 'queued' : 'failed';
    job.error = error;
    return {};
  },
  cancelled: (job) => {
    job.status = 'cancelled';
    return {};
  },
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}
