import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_PATHS } from '@modelyard/contracts';
import type { DatasetVersion, Recipe } from '@modelyard/contracts';
import { buildBuiltIn, FolderContentStore } from '@modelyard/ml-datasets';
import { RecipeError } from '@modelyard/ml-recipes';
import { IRIS_RECIPE, IRIS_VERSION } from '../testing/example-job';
import { InMemoryBlobs } from '../testing/in-memory-blobs';
import type { FromTrainer, TrainerAssignment } from '../trainer-protocol';
import { runTraining } from './run-training';
import { TrainingFailure } from './training-failure';

const SHORT: Recipe = { ...IRIS_RECIPE, training: { ...IRIS_RECIPE.training, epochs: 8 } };

let blobs: InMemoryBlobs;
let store: FolderContentStore;
const folder = mkdtempSync(join(tmpdir(), 'run-training-'));
afterAll(() => rmSync(folder, { recursive: true }));
let datasetVersion: DatasetVersion;

beforeAll(async () => {
  blobs = new InMemoryBlobs();
  store = new FolderContentStore(folder);
  const { version } = await buildBuiltIn('iris', store, folder);
  datasetVersion = { ...IRIS_VERSION, ...version };
});

function training(change: Partial<TrainerAssignment> = {}, difference = 0) {
  const said: FromTrainer[] = [];
  const stop = new AbortController();
  const assignment: TrainerAssignment = {
    trainingJobId: 'job-1',
    recipe: SHORT,
    datasetVersion,
    artifactStoreUrl: '',
    threads: 1,
    checkpointIntervalMs: 1_000_000,
    ...change,
  };
  const listeners: ((message: FromTrainer) => void)[] = [(message) => said.push(message)];
  const run = () =>
    runTraining(assignment, {
      blobs,
      store,
      say: (message) => listeners.forEach((listen) => listen(message)),
      parity: () => Promise.resolve(difference),
      signal: stop.signal,
      now: () => new Date(0),
    });
  return { said, stop, run, listeners };
}

const resultOf = async (run: () => ReturnType<typeof runTraining>) => {
  const outcome = await run();
  if (outcome.type !== 'finished') throw new Error(`it ended as ${outcome.type}`);
  return outcome.result;
};

describe('a whole training', () => {
  it('gives metrics of the held-out split, reports and a package that say the same', async () => {
    const { run, said } = training({ recipe: IRIS_RECIPE, sourceCommit: 'abcdef1' });
    const result = await resultOf(run);
    expect(result.metrics['test_accuracy']).toBeGreaterThanOrEqual(0.93);
    const content = (path: string): unknown => {
      const found = result.artifacts.find((artifact) => artifact.path === path);
      return JSON.parse(blobs.content.get(found?.sha256 ?? '')?.toString('utf8') ?? 'null');
    };
    expect(content('evaluation.json')).toMatchObject({
      split: 'test',
      rows: 30,
      metrics: { accuracy: result.metrics['test_accuracy'] },
    });
    expect(content('confusion_matrix.json')).toMatchObject({ classes: datasetVersion.schema.classes });
    expect(content('recipe.json')).toEqual(IRIS_RECIPE);
    const example = content(`model/${PACKAGE_PATHS.inputExample}`) as { inputs: number[][] };
    expect(example).toMatchObject({ shape: [4] });
    expect(example.inputs).toHaveLength(5);
    expect(result.register?.package.map(({ path }) => path).sort()).toEqual(
      Object.values(PACKAGE_PATHS).sort(),
    );
    const described = said.find(({ type }) => type === 'described');
    expect(described).toMatchObject({
      params: {
        commit: 'abcdef1',
        backend: 'wasm',
        seed: '7',
        parameters: '15',
        'dataset.digest': datasetVersion.digest,
        'optimizer.learning_rate': '0.05',
        layers: 'dense',
        preprocessing: 'standardize',
      },
    });
  });

  it('registers nothing that does not reach its minimum', async () => {
    const register = { model: 'iris', minimum: { accuracy: 2 }, stage: 'None' } as const;
    const result = await resultOf(training({ recipe: { ...SHORT, register } }).run);
    expect(result.register).toBeUndefined();
    expect(result.refusal).toContain('below the required 2');
  });

  it('registers nothing that the recipe does not ask for', async () => {
    const { register: _, ...recipe } = SHORT;
    const result = await resultOf(training({ recipe: recipe }).run);
    expect(result).not.toHaveProperty('register');
    expect(result).not.toHaveProperty('refusal');
  });
});

it.each([0.5, NaN])('fails when the exported model differs by %d, and names it', async (difference) => {
  const failure: unknown = await training({}, difference)
    .run()
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TrainingFailure);
  expect(String(failure)).toContain(
    `the largest difference of a probability is ${difference}, and at most 0.00001 is allowed`,
  );
});

it('fails for good when the loss diverges', async () => {
  const optimizer = { type: 'sgd', learningRate: 1e38, momentum: 0, nesterov: false } as const;
  const recipe = { ...IRIS_RECIPE, training: { ...IRIS_RECIPE.training, optimizer } };
  await expect(training({ recipe }).run()).rejects.toThrow(/diverged: \w+ is \w+ in epoch 1/);
});

it('fails for good when the recipe does not fit the dataset', async () => {
  const layers = [{ ...IRIS_RECIPE.model.layers[0]!, type: 'globalMaxPooling2d' as const }];
  const recipe = { ...IRIS_RECIPE, model: { type: 'network', layers } } as Recipe;
  await expect(training({ recipe }).run()).rejects.toBeInstanceOf(RecipeError);
});

it('stores its state when it is handed back, and another trainer comes to the same weights', async () => {
  const { run, said, stop, listeners } = training();
  listeners.push((message) => {
    if (message.type === 'epoch' && message.progress.epoch === 3) stop.abort();
  });
  await expect(run()).resolves.toEqual({ type: 'handed-back' });
  const stored = said.find((message) => message.type === 'checkpoint');
  expect(stored).toMatchObject({ checkpoint: { epoch: 3 } });
  const checkpoint = stored?.type === 'checkpoint' ? stored.checkpoint : undefined;
  const resumed = training({ checkpoint: checkpoint! });
  const [result, whole] = [await resultOf(resumed.run), await resultOf(training().run)];
  expect(result.weightsDigest).toBe(whole.weightsDigest);
  const epochs = resumed.said.flatMap((message) =>
    message.type === 'epoch' ? [message.progress.epoch] : [],
  );
  expect(epochs).toEqual([4, 5, 6, 7, 8]);
});

it('begins anew when the checkpoint cannot be used', async () => {
  const { run, said } = training({ checkpoint: { epoch: 3, sha256: 'gone', size: 1 } });
  const result = await resultOf(run);
  expect(result.weightsDigest).toBe((await resultOf(training().run)).weightsDigest);
  expect(said).toContainEqual({
    type: 'log',
    level: 'warn',
    message: 'The checkpoint of epoch 3 cannot be used: no such blob',
  });
});
