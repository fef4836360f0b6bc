import { join } from 'node:path';
import { eventually } from '@modelyard/platform-testing';
import { startOf } from '../testing/example-job';
import { SilentLogger } from '../testing/silent-logger';
import type { FromTrainer } from '../trainer-protocol';
import { assign } from './assign';
import { ForkedTrainerLauncher } from './forked-trainer-launcher';

const launcher = new ForkedTrainerLauncher({
  modulePath: join(__dirname, '../testing/fake-trainer.cjs'),
  environment: (threads) => ({ TF_NUM_INTRAOP_THREADS: String(threads) }),
  logger: SilentLogger.create(),
});

function launch(act: string) {
  const start = startOf();
  const heard: FromTrainer[] = [];
  const assignment = assign(
    { ...start, job: { ...start.job, id: act } },
    { artifactStoreUrl: 'file:///blobs', checkpointIntervalMs: 0 },
  );
  return { heard, trainer: launcher.launch(assignment, (message) => heard.push(message)) };
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('hears what a trainer says, NaN too, and its last word, in the environment that it was given', async () => {
  const { heard, trainer } = launch('finish');
  await expect(trainer.ended).resolves.toEqual({ type: 'finished', result: { threads: '1' } });
  expect(heard).toEqual([expect.objectContaining({ type: 'epoch', seconds: 1 })]);
  expect(heard[0]).toMatchObject({ metrics: [{ value: NaN }] });
});

it('explains a crash by what the trainer wrote last', async () => {
  const end = await launch('crash').trainer.ended;
  expect(end).toEqual({
    type: 'crashed',
    reason:
      'The trainer ran out of memory; a smaller batch size or network needs less. ' +
      'Its last words: line one | terminate called after throwing std::bad_alloc',
  });
});

it('knows a trainer that somebody else killed from one that it killed itself', async () => {
  await expect(launch('killed').trainer.ended).resolves.toMatchObject({
    type: 'crashed',
    reason: expect.stringContaining('SIGKILL') as string,
  });
  const { trainer } = launch('wait');
  trainer.kill();
  await expect(trainer.ended).resolves.toEqual({ type: 'killed', reason: 'it was told to stop' });
});

it('ends within two seconds a trainer that hears neither its channel nor SIGTERM', async () => {
  const { heard, trainer } = launch('deaf');
  await eventually(() => expect(heard).toHaveLength(1));
  const before = performance.now();
  trainer.kill();
  await expect(trainer.ended).resolves.toMatchObject({ type: 'killed' });
  expect(performance.now() - before).toBeLessThan(2_000);
  expect(alive(trainer.pid)).toBe(false);
});

it('lets a trainer hand its training back, and kills one that does not in time', async () => {
  const { trainer } = launch('wait');
  trainer.handBack(10_000);
  await expect(trainer.ended).resolves.toEqual({ type: 'handed-back' });
  const deaf = launch('deaf');
  await eventually(() => expect(deaf.heard).toHaveLength(1));
  deaf.trainer.handBack(50);
  await expect(deaf.trainer.ended).resolves.toEqual({
    type: 'killed',
    reason: 'it did not hand its training back in time',
  });
});

it('says that a trainer could not be started', async () => {
  const nowhere = new ForkedTrainerLauncher({
    modulePath: '/no/such/trainer.js',
    environment: () => ({}),
    logger: SilentLogger.create(),
  });
  const assignment = assign(startOf(), { artifactStoreUrl: 'file:///blobs', checkpointIntervalMs: 0 });
  const end = await nowhere.launch(assignment, () => undefined).ended;
  expect(end).toMatchObject({
    type: 'crashed',
    reason: expect.stringContaining('exited with code 1') as string,
  });
});
