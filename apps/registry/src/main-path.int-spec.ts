import type {
  ApiKeyDigests,
  DatasetVersion,
  Deployment,
  DesiredDeployments,
  ModelVersion,
  Run,
  TrainingJob,
} from '@modelyard/contracts';
import { RegistryUnderTest } from './testing/registry-under-test';
import { Trainer } from './testing/trainer';

describe('the main path', () => {
  let registry: RegistryUnderTest;
  let trainer: Trainer;

  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    trainer = new Trainer(registry);
  });
  afterAll(() => registry.stop());

  it('goes from a dataset to a served version', async () => {
    const dataset = await registry.ok<DatasetVersion>('POST', '/api/v1/datasets', { name: 'iris' });
    expect(dataset).toMatchObject({ dataset: 'iris', version: 1, rows: 150 });

    const job = await trainer.submit();
    expect(job).toMatchObject({ status: 'queued', attempt: 0, dataset: { name: 'iris', version: 1 } });

    const start = await trainer.start(job.id);
    expect(start).toMatchObject({ decision: 'run', job: { status: 'running', attempt: 1 } });
    expect(start.datasetVersion.blob).toEqual(dataset.blob);

    const point = { key: 'loss', value: 0.5, step: 1, timestamp: 1_000 };
    const progress = { epoch: 1, epochs: 3, metrics: { loss: 0.5 } };
    await expect(
      trainer.say(job.id, 'progress', { progress, metrics: [point], params: { backend: 'wasm' }, tags: {} }),
    ).resolves.toEqual({ cancelRequested: false });

    const ended = await trainer.say<TrainingJob>(job.id, 'succeed', await trainer.success('iris', 'Staging'));
    expect(ended).toMatchObject({ status: 'succeeded', result: { model: { name: 'iris', version: 1 } } });
    const run = await registry.ok<Run>('GET', `/api/v1/runs/${job.id}`);
    expect(run).toMatchObject({
      status: 'finished',
      params: { backend: 'wasm' },
      metrics: { loss: 0.5, test_accuracy: 0.97 },
    });

    const version = await registry.ok<ModelVersion>('POST', '/api/v1/models/iris/versions/1/stage', {
      stage: 'Production',
    });
    expect(version).toMatchObject({ stage: 'Production', runId: job.id, dataset: job.dataset });

    const deployment = await registry.ok<Deployment>('POST', '/api/v1/deployments', {
      name: 'iris',
      target: { model: 'iris', stage: 'Production' },
    });
    expect(deployment).toMatchObject({
      revision: 1,
      isDefault: true,
      desired: { model: 'iris', version: 1 },
      status: { state: 'pending' },
    });

    const desired = await registry.call<DesiredDeployments>('GET', '/internal/deployments', undefined, {
      as: 'inference',
    });
    expect(desired.body.deployments).toMatchObject([
      { name: 'iris', version: 1, revision: 1, isDefault: true },
    ]);
    const again = await registry.call('GET', '/internal/deployments', undefined, {
      as: 'inference',
      headers: { 'if-none-match': `"${desired.body.etag}"` },
    });
    expect(again.status).toBe(304);

    await registry.ok(
      'PUT',
      '/internal/deployments/iris/status',
      {
        replica: 'one',
        state: 'ready',
        revision: 1,
        serving: { model: 'iris', version: 1 },
      },
      { as: 'inference' },
    );
    await expect(registry.ok('GET', '/api/v1/deployments/iris')).resolves.toMatchObject({
      status: { state: 'ready', serving: { model: 'iris', version: 1 } },
    });

    const keys = await registry.ok<ApiKeyDigests>('GET', '/internal/api-keys', undefined, { as: 'gateway' });
    expect(keys.keys).toMatchObject([{ name: 'admin', role: 'admin' }]);
  });
});
