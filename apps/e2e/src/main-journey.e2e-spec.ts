import { statSync } from 'node:fs';
import { join } from 'node:path';
import type {
  DatasetVersion,
  Deployment,
  Page,
  Run,
  TrainingJob,
  TrainingJobEvent,
} from '@modelyard/contracts';
import type { Client, Prediction } from './support/client';
import { RunningStack } from './support/running-stack';

interface Sample {
  index: number;
  label: string;
  value: unknown;
}

describe('from data to a served model, through the gateway', () => {
  let stack: RunningStack;
  let client: Client;

  beforeAll(async () => {
    stack = await RunningStack.start();
    client = stack.client();
    await client.importBuiltIn('digits');
    await client.importBuiltIn('iris');
  });
  afterAll(() => stack.stop());

  it('knows what a dataset version holds', async () => {
    const version = await client.must<DatasetVersion>('GET', '/api/v1/datasets/digits/versions/1');
    expect(version.rows).toBe(1797);
    expect(version.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(version.schema.shape).toEqual([8, 8, 1]);
    expect(Object.values(version.classCounts).reduce((a, b) => a + b)).toBe(1797);
    const { train, validation, test } = version.split.counts;
    expect(train + validation + test).toBe(1797);
  });

  describe('digits', () => {
    let job: TrainingJob;
    const events: TrainingJobEvent[] = [];

    beforeAll(async () => {
      job = await client.train(client.recipe('digits-cnn.yaml'));
      expect(job.status).toBe('queued');
      const response = await fetch(`${stack.url}/api/v1/training-jobs/${job.id}/events`, {
        headers: { authorization: `Bearer ${stack.describe().adminKey}` },
      });
      expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
      // The stream ends by itself once the job has ended.
      const text = await response.text();
      for (const block of text.split('\n\n')) {
        const type = /^event: (.+)$/m.exec(block)?.[1];
        const data = /^data: (.+)$/m.exec(block)?.[1];
        const id = /^id: (.+)$/m.exec(block)?.[1];
        if (type !== undefined && data !== undefined) {
          const event = JSON.parse(data) as TrainingJobEvent;
          expect(event).toMatchObject({ seq: Number(id), type });
          events.push(event);
        }
      }
      job = await client.job(job.id);
    }, 240_000);

    it('succeeds with an accuracy of at least 0.98 on samples it never saw', () => {
      expect(job).toMatchObject({ status: 'succeeded' });
      expect(job.result?.metrics['test_accuracy']).toBeGreaterThanOrEqual(0.98);
      expect(job.result?.weightsDigest).toMatch(/^(sha256:)?[0-9a-f]{64}$/);
    });

    it('streamed its progress epoch by epoch, in order', () => {
      const progress = events.filter((event) => event.type === 'progress');
      expect(progress.length).toBeGreaterThan(2);
      const numbers = events.map((event) => event.seq);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(events.at(-1)?.type).toBe('status');
    });

    it('tracked the run: params, metrics by step, artifacts', async () => {
      const run = await client.must<Run>('GET', `/api/v1/runs/${job.id}`);
      expect(run.status).toBe('finished');
      expect(Object.keys(run.params).length).toBeGreaterThan(5);
      const history = await client.must<Page<{ step: number; value: number }>>(
        'GET',
        `/api/v1/runs/${job.id}/metrics/val_accuracy`,
      );
      expect(history.items.length).toBeGreaterThan(2);
      const artifacts = await client.must<Page<{ path: string }>>('GET', `/api/v1/runs/${job.id}/artifacts`);
      const paths = artifacts.items.map((item) => item.path);
      expect(paths.some((path) => path.endsWith('model.onnx'))).toBe(true);
    });

    it('registered one version, promotes it, deploys it and answers held-out digits', async () => {
      const version = job.result?.model?.version ?? 0;
      expect((await client.versions('digits')).filter((one) => one.runId === job.id)).toHaveLength(1);
      const staged = await client.send<{ stage: string }>(
        'POST',
        `/api/v1/models/digits/versions/${version}/stage`,
        { stage: 'Production' },
      );
      expect(staged).toMatchObject({ status: 200, body: { stage: 'Production' } });

      await client.must<Deployment>('POST', '/api/v1/deployments', {
        name: 'digits',
        target: { model: 'digits', stage: 'Production' },
        reason: 'first',
      });
      await client.serving('digits', version);

      const { items } = await client.must<{ items: Sample[] }>(
        'GET',
        '/api/v1/datasets/digits/versions/1/samples?split=test&offset=0&limit=50',
      );
      let right = 0;
      for (const { value, label } of items) {
        const answer = await client.must<Prediction>('POST', '/api/v1/deployments/digits/predict', {
          image: value,
        });
        const sum = Object.values(answer.probabilities).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(1, 4);
        expect(answer.confidence).toBeCloseTo(answer.probabilities[answer.prediction] ?? -1, 6);
        right += answer.prediction === label ? 1 : 0;
      }
      expect(right).toBeGreaterThanOrEqual(47);
      const short = await client.must<Prediction>('POST', '/predict', { image: items[0]?.value });
      expect(short.prediction).toBe(items[0]?.label);
    });

    it('gives the same weights when the same recipe is trained again', async () => {
      const again = await client.ended((await client.train(client.recipe('digits-cnn.yaml'))).id);
      expect(again.result?.weightsDigest).toBe(job.result?.weightsDigest);
    });

    it('counts what it predicted', async () => {
      const { body } = await new (client.constructor as new (url: string, key: undefined) => Client)(
        stack.describe().processes['inference']?.url ?? '',
        undefined,
      ).send<string>('GET', '/metrics');
      expect(body).toMatch(/^predictions_total\{.*model_version="?.+prediction_class=/m);
    });
  });

  it.each(['iris-mlp.yaml', 'iris-logistic-regression.yaml'])('trains %s to at least 0.93', async (file) => {
    const job = await client.ended((await client.train(client.recipe(file))).id);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.result?.metrics['test_accuracy']).toBeGreaterThanOrEqual(0.93);
  });

  it('cancels a training that runs', async () => {
    const long = client
      .recipe('digits-cnn.yaml')
      .replace(/epochs: *\d+/, 'epochs: 5000')
      .replace(/\n *earlyStopping:[^\n]*(\n {4,}[^\n]*)*/, '');
    const { id } = await client.train(long);
    await client.epoch(id, 1);
    const asked = Date.now();
    expect((await client.send('POST', `/api/v1/training-jobs/${id}/cancel`)).status).toBe(202);
    const job = await client.ended(id, 30_000);
    expect(job.status).toBe('cancelled');
    expect(Date.now() - asked).toBeLessThan(10_000);
    const run = await client.must<Run>('GET', `/api/v1/runs/${id}`);
    expect(run.status).toBe('killed');
  });

  it('says for scripts where everything is, to its owner alone', () => {
    expect(stack.describe()).toMatchObject({
      url: stack.url,
      adminKey: expect.stringMatching(/^my_/) as string,
    });
    expect(Object.keys(stack.describe().processes).sort()).toEqual([
      'gateway',
      'inference',
      'postgres',
      'redis',
      'registry',
      'training',
    ]);
    expect(statSync(join(stack.folder, 'stack.json')).mode & 0o777).toBe(0o600);
  });

  it('publishes one OpenAPI document and its two readers', async () => {
    const document = await client.must<{ openapi: string; paths: Record<string, unknown> }>(
      'GET',
      '/api/openapi.json',
    );
    expect(document.openapi).toMatch(/^3\./);
    for (const path of [
      '/api/v1/training-jobs',
      '/api/v1/models/{name}/versions',
      '/api/v1/deployments/{name}/predict',
      '/predict',
    ]) {
      expect(Object.keys(document.paths).map((key) => key.replace(/\{model\}/, '{name}'))).toContain(path);
    }
    for (const page of ['/api/docs', '/api/redoc', '/']) {
      const response = await fetch(stack.url + page);
      expect([page, response.status]).toEqual([page, 200]);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    }
  });
});
