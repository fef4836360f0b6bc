import type { Page, Problem, Run, TrainingJob } from '@modelyard/contracts';
import { JobProducer } from '@modelyard/platform-queue';
import { eventually } from '@modelyard/platform-testing';
import { irisRecipe } from '../testing/recipes';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { Trainer } from '../testing/trainer';

const YAML = `
apiVersion: modelyard/v1
name: from-yaml
dataset: { name: iris }
model: { layers: [{ type: dense, units: classes, activation: softmax }] }
training: { epochs: 1 }
`;

describe('training jobs', () => {
  let registry: RegistryUnderTest;
  let trainer: Trainer;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    trainer = new Trainer(registry);
    await registry.ok('POST', '/api/v1/datasets', { name: 'iris' });
  });
  afterAll(() => registry.stop());

  const submit = (
    body: unknown,
    contentType?: string,
  ): Promise<{ status: number; body: Omit<Problem, 'status'> & TrainingJob }> =>
    registry.call('POST', '/api/v1/training-jobs', body, {
      headers: contentType === undefined ? {} : { 'content-type': contentType },
    });

  it('are accepted with their run, and reach the queue under their id', async () => {
    const answer = await submit(irisRecipe({ name: 'accepted' }));
    expect(answer.status).toBe(202);
    const job = answer.body;
    expect(job).toMatchObject({ status: 'queued', createdBy: 'admin', cancelRequested: false });
    await expect(registry.ok<Run>('GET', `/api/v1/runs/${job.id}`)).resolves.toMatchObject({
      name: 'accepted',
      status: 'scheduled',
      tags: {
        'modelyard.dataset': 'iris@1',
        'modelyard.recipe_digest': expect.stringMatching(/^sha256:/) as string,
      },
    });
    const producer = registry.service.app.get(JobProducer, { strict: false });
    await eventually(async () => expect(await producer.state('training', job.id)).toBe('waiting'));
  });

  it('are accepted as YAML, as YAML in JSON, and as an object in JSON', async () => {
    for (const [body, type] of [
      [YAML, 'application/yaml'],
      [{ recipe: YAML }],
      [{ recipe: irisRecipe() }],
    ] as const) {
      expect(await submit(body, type)).toMatchObject({
        status: 202,
        body: { recipe: { seed: expect.any(Number) as number } },
      });
    }
  });

  it.each([
    ['an unknown dataset', irisRecipe({ dataset: { name: 'none' } }), 404, 'dataset.name'],
    ['an unknown version', irisRecipe({ dataset: { name: 'iris', version: 9 } }), 404, 'dataset.version'],
    ['an unknown layer', irisRecipe({ model: { layers: [{ type: 'dens' }] } }), 400, 'model.layers[0].type'],
    ['an unknown key', irisRecipe({ sed: 1 }), 400, 'sed'],
    ['a wrong type', irisRecipe({ training: { epochs: '3' } }), 400, 'training.epochs'],
    ['a wrong field inside recipe', { recipe: irisRecipe({ seed: 0.5 }) }, 400, 'recipe.seed'],
    ['something beside recipe', { recipe: irisRecipe(), name: 'x' }, 400, 'name'],
    [
      'layers that do not fit the dataset',
      irisRecipe({
        model: {
          layers: [
            { type: 'conv2d', filters: 4, kernelSize: 3 },
            { type: 'flatten' },
            { type: 'dense', units: 'classes', activation: 'softmax' },
          ],
        },
      }),
      400,
      'model.layers[0]',
    ],
    ['an empty object', {}, 400, 'dataset'],
  ])('are refused for %s', async (_, body, status, path) => {
    const answer = await submit(body);
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.map((field) => field.path).join()).toContain(path);
  });

  it.each([
    ['a list', '[]', 'application/json', 400],
    ['null', 'null', 'application/json', 400],
    ['a number', '5', 'application/json', 400],
    ['broken JSON', '{', 'application/json', 400],
    ['NaN', '{"seed": NaN}', 'application/json', 400],
    ['nothing', '', 'application/json', 400],
    ['broken YAML', 'a: [', 'application/yaml', 400],
    ['empty YAML', ' ', 'application/yaml', 400],
    ['another type', '<recipe/>', 'application/xml', 415],
  ])('are refused as %s', async (_, body, type, status) => {
    expect((await submit(body, type)).status).toBe(status);
  });

  it('are cancelled at once while they wait, and then skipped', async () => {
    const job = await trainer.submit();
    const cancel = (): Promise<{ status: number; body: TrainingJob }> =>
      registry.call<TrainingJob>('POST', `/api/v1/training-jobs/${job.id}/cancel`);
    expect(await cancel()).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    expect(await cancel()).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    await expect(trainer.start(job.id)).resolves.toMatchObject({ decision: 'skip', job: { attempt: 0 } });
    await expect(registry.ok('GET', `/api/v1/runs/${job.id}`)).resolves.toMatchObject({ status: 'killed' });
  });

  it('are cancelled by their worker while they run', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    const path = `/api/v1/training-jobs/${job.id}`;
    await expect(registry.ok('POST', `${path}/cancel`)).resolves.toMatchObject({
      status: 'running',
      cancelRequested: true,
    });
    await expect(trainer.say(job.id, 'progress', { metrics: [], params: {}, tags: {} })).resolves.toEqual({
      cancelRequested: true,
    });
    await trainer.say(job.id, 'cancelled', {});
    await expect(registry.ok('GET', path)).resolves.toMatchObject({ status: 'cancelled' });
  });

  it('cannot be cancelled when they have ended', async () => {
    const job = await trainer.train();
    const answer = await registry.call<Problem>('POST', `/api/v1/training-jobs/${job.id}/cancel`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  });

  it('are listed newest first, by status if wanted', async () => {
    const job = await trainer.submit({ name: 'newest' });
    const all = await registry.ok<Page<TrainingJob>>('GET', '/api/v1/training-jobs?pageSize=1');
    expect(all.items.map(({ id }) => id)).toEqual([job.id]);
    expect(all.nextPageToken).toBeDefined();
    const ended = await registry.ok<Page<TrainingJob>>('GET', '/api/v1/training-jobs?status=succeeded');
    expect(ended.items.every(({ status }) => status === 'succeeded')).toBe(true);
  });

  it.each([
    ['GET', `/api/v1/training-jobs/${'0'.repeat(32)}`, 404],
    ['GET', '/api/v1/training-jobs/1', 400],
    ['GET', `/api/v1/training-jobs/${'0'.repeat(32)}/events`, 404],
    ['POST', `/api/v1/training-jobs/${'0'.repeat(32)}/cancel`, 404],
    ['GET', '/api/v1/training-jobs?status=done', 400],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await registry.call(method, path)).status).toBe(status);
  });
});
