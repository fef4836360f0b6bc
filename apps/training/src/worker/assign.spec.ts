import { IRIS_RECIPE, startOf } from '../testing/example-job';
import { assign } from './assign';

const options = { artifactStoreUrl: 'file:///blobs', checkpointIntervalMs: 5 };
const asking = (threads: number) =>
  startOf({ recipe: { ...IRIS_RECIPE, training: { ...IRIS_RECIPE.training, threads } } });

it('gives the threads that the recipe asks for, up to the most that the worker allows', () => {
  expect(assign(asking(8), options).threads).toBe(8);
  expect(assign(asking(8), { ...options, maxThreads: 2 }).threads).toBe(2);
  expect(assign(asking(1), { ...options, maxThreads: 2 }).threads).toBe(1);
});

it('carries the checkpoint and the commit when there are any', () => {
  expect(assign(startOf(), options)).not.toHaveProperty('checkpoint');
  const checkpoint = { epoch: 1, sha256: 'a', size: 1 };
  expect(assign(startOf({ checkpoint }), { ...options, sourceCommit: 'abcdef1' })).toMatchObject({
    checkpoint,
    sourceCommit: 'abcdef1',
  });
});
