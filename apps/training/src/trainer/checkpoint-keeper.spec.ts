import type { TrainingCheckpoint } from '@modelyard/contracts';
import { InMemoryBlobs } from '../testing/in-memory-blobs';
import { CheckpointKeeper } from './checkpoint-keeper';

const owner = { trainingJobId: 'job-1', recipeDigest: 'r', datasetDigest: 'd', backend: 'wasm' };

function keeping(intervalMs: number, blobs = new InMemoryBlobs(), of = owner) {
  const announced: TrainingCheckpoint[] = [];
  const clock = { now: 0 };
  const keeper = new CheckpointKeeper(
    blobs,
    of,
    intervalMs,
    (checkpoint) => announced.push(checkpoint),
    () => clock.now,
  );
  return { keeper, announced, clock, blobs };
}

it('stores no more often than the interval says, and the newest when asked to', async () => {
  const { keeper, announced, clock } = keeping(100);
  for (const [now, epoch] of [
    [40, 1],
    [110, 2],
    [150, 3],
  ] as const) {
    clock.now = now;
    await keeper.offer(Buffer.from([epoch]), epoch);
  }
  expect(announced.map(({ epoch }) => epoch)).toEqual([2]);
  await keeper.storeNewest();
  await keeper.storeNewest();
  expect(announced.map(({ epoch }) => epoch)).toEqual([2, 3]);
});

it('goes on from what an earlier attempt stored', async () => {
  const { keeper, announced, blobs } = keeping(0);
  await keeper.offer(Buffer.from('state'), 5);
  const next = keeping(0, blobs);
  await expect(next.keeper.resume(announced[0]!)).resolves.toEqual({ state: Buffer.from('state'), epoch: 5 });
  await next.keeper.storeNewest();
  expect(next.announced).toEqual([]);
});

it('says so when the backend is another one now, and goes on', async () => {
  const { keeper, announced, blobs } = keeping(0);
  await keeper.offer(Buffer.from('state'), 5);
  const resumed = await keeping(0, blobs, { ...owner, backend: 'tensorflow' }).keeper.resume(announced[0]!);
  expect(resumed.epoch).toBe(5);
  expect(resumed.note).toContain('made on wasm');
});

it.each([
  ['another recipe', { ...owner, recipeDigest: 'other' }, 'recipeDigest'],
  ['another job', { ...owner, trainingJobId: 'job-2' }, 'trainingJobId'],
])('begins anew with a checkpoint of %s', async (_, of, key) => {
  const { keeper, announced, blobs } = keeping(0);
  await keeper.offer(Buffer.from('state'), 5);
  const resumed = await keeping(0, blobs, of).keeper.resume(announced[0]!);
  expect(resumed).toEqual({ epoch: 0, note: expect.stringContaining(key) as string });
});

it('begins anew when the content is gone', async () => {
  const resumed = await keeping(0).keeper.resume({ epoch: 5, sha256: 'gone', size: 1 });
  expect(resumed).toEqual({ epoch: 0, note: 'The checkpoint of epoch 5 cannot be used: no such blob' });
});
