import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Deployment, ModelVersion, Page, Problem, TrainingJob } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';

const RECIPES = resolve(__dirname, '../../../../examples/recipes');

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Prediction {
  prediction: string;
  confidence: number;
  probabilities: Record<string, number>;
  modelVersion: unknown;
  predictionId: string;
}

/** A client of the public API, through the gateway. */
export class Client {
  constructor(
    readonly url: string,
    private readonly key: string | undefined,
  ) {}

  async send<T = Problem>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (json && text !== '' ? JSON.parse(text) : text) as T,
    };
  }

  /** A call that must succeed. */
  async must<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const answer = await this.send<T>(method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async importBuiltIn(name: 'digits' | 'iris'): Promise<void> {
    const answer = await this.send('POST', '/api/v1/datasets', { name, builtIn: name });
    if (answer.status >= 300 && answer.status !== 409) throw new Error(JSON.stringify(answer.body));
  }

  recipe(file: string): string {
    return readFileSync(join(RECIPES, file), 'utf8');
  }

  train(yaml: string): Promise<TrainingJob> {
    return this.must<TrainingJob>('POST', '/api/v1/training-jobs', yaml, {
      'content-type': 'application/yaml',
    });
  }

  job(id: string): Promise<TrainingJob> {
    return this.must<TrainingJob>('GET', `/api/v1/training-jobs/${id}`);
  }

  /** Waits until the job has ended, whatever happens to the services meanwhile. */
  ended(id: string, timeoutMs = 180_000): Promise<TrainingJob> {
    return eventually(
      async () => {
        const job = await this.job(id);
        if (!['succeeded', 'failed', 'cancelled'].includes(job.status))
          throw new Error(`the job is still ${job.status}`);
        return job;
      },
      { timeoutMs, intervalMs: 250 },
    );
  }

  /** Waits until the job has finished so many epochs. */
  epoch(id: string, atLeast: number, timeoutMs = 120_000): Promise<TrainingJob> {
    return eventually(
      async () => {
        const job = await this.job(id);
        if (['failed', 'cancelled'].includes(job.status))
          throw new Error(`the job ${job.status}: ${job.error}`);
        if (job.status !== 'succeeded' && (job.progress?.epoch ?? 0) < atLeast)
          throw new Error(`the job is at epoch ${job.progress?.epoch ?? 0}`);
        return job;
      },
      { timeoutMs, intervalMs: 100 },
    );
  }

  async versions(model: string): Promise<ModelVersion[]> {
    return (await this.must<Page<ModelVersion>>('GET', `/api/v1/models/${model}/versions`)).items;
  }

  /** Waits until a deployment serves a version. */
  serving(deployment: string, version: number, timeoutMs = 30_000): Promise<Deployment> {
    return eventually(
      async () => {
        const found = await this.must<Deployment>('GET', `/api/v1/deployments/${deployment}`);
        if (found.status.serving?.version !== version) throw new Error(JSON.stringify(found.status));
        return found;
      },
      { timeoutMs, intervalMs: 100 },
    );
  }
}
