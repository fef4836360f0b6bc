import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Run } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';
import { Redis } from 'ioredis';
import type { Client } from './support/client';
import { RunningStack } from './support/running-stack';

/** A training long enough to be hit in the middle, and still short. */
function longRecipe(client: Client, model: string): string {
  return client
    .recipe('digits-cnn.yaml')
    .replace(/model: digits\n/, `model: ${model}\n`)
    .replace(/epochs: *\d+/, 'epochs: 25')
    .replace(/\n *earlyStopping:[^\n]*(\n {4,}[^\n]*)*/, '');
}

describe('kill -9 while a training runs', () => {
  let stack: RunningStack;
  let client: Client;
  let undisturbed: string | undefined;

  beforeAll(async () => {
    stack = await RunningStack.start();
    client = stack.client();
    await client.importBuiltIn('digits');
    const job = await client.ended((await client.train(longRecipe(client, 'undisturbed'))).id);
    undisturbed = job.result?.weightsDigest;
  });
  afterAll(() => stack.stop());

  it.each(['training', 'registry', 'gateway', 'inference', 'redis', 'postgres'])(
    'of %s: the job ends succeeded by itself, with one version and nothing lost',
    async (victim) => {
      const model = `kill-${victim}`;
      const { id } = await client.train(longRecipe(client, model));
      await client.epoch(id, 3);
      const before = await client.must<Page<{ step: number }>>('GET', `/api/v1/runs/${id}/metrics/val_loss`);

      const pid = stack.kill(victim);
      await eventually(() => {
        const now = stack.describe().processes[victim]?.pid;
        if (now === undefined || now === pid) throw new Error(`${victim} is not back`);
      });

      const job = await client.ended(id);
      expect(job).toMatchObject({ status: 'succeeded' });
      expect(job.result?.weightsDigest).toBe(undisturbed);
      expect(await client.versions(model)).toHaveLength(1);
      const run = await client.must<Run>('GET', `/api/v1/runs/${id}`);
      expect(run.status).toBe('finished');
      const after = await client.must<Page<{ step: number }>>('GET', `/api/v1/runs/${id}/metrics/val_loss`);
      const steps = after.items.map((point) => point.step);
      // Every acknowledged point is there, each epoch once.
      expect(steps).toEqual(expect.arrayContaining(before.items.map((point) => point.step)));
      expect(new Set(steps).size).toBe(steps.length);
      expect(steps).toHaveLength(25);
    },
  );

  it('of the forked trainer: the next attempt goes on from the checkpoint', async () => {
    const { id } = await client.train(longRecipe(client, 'kill-trainer'));
    await client.epoch(id, 3);
    const worker = stack.describe().processes['training']?.pid ?? 0;
    const children = execFileSync('ps', ['--no-headers', '-o', 'pid', '--ppid', String(worker)])
      .toString()
      .trim()
      .split(/\s+/);
    expect(children).toHaveLength(1);
    process.kill(Number(children[0]), 'SIGKILL');
    const job = await client.ended(id);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.attempt).toBeGreaterThan(1);
    expect(job.result?.weightsDigest).toBe(undisturbed);
    expect(await client.versions('kill-trainer')).toHaveLength(1);
  });

  it('of Redis with all that it held: what was accepted is queued again', async () => {
    const jobs = await Promise.all([1, 2, 3].map(() => client.train(longRecipe(client, 'forgotten'))));
    await flush(stack);
    for (const { id } of jobs) expect(await client.ended(id, 280_000)).toMatchObject({ status: 'succeeded' });
    expect(await client.versions('forgotten')).toHaveLength(3);
  });

  it('stops on Ctrl-C, leaves no process behind and keeps its data', async () => {
    const pids = Object.values(stack.describe().processes).map(({ pid }) => pid);
    expect(await stack.stop({ keepData: true })).toBe(0);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();

    stack = await RunningStack.start(stack.folder);
    client = stack.client();
    expect(await client.versions('undisturbed')).toHaveLength(1);
  });
});

/** A Redis that came back empty. */
async function flush(stack: RunningStack): Promise<void> {
  const password = readFileSync(join(stack.folder, 'redis/password'), 'utf8').trim();
  const redis = new Redis({
    port: stack.describe().processes['redis']?.port ?? 0,
    host: '127.0.0.1',
    password,
  });
  await redis.flushall();
  await redis.quit();
}
