import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { smallTraining } from '../testing/small-training';
import { trainNetwork } from './train-network';

interface Outcome {
  info: { name: string; threads: number; reason?: string };
  digest: string;
  epochs: number;
}

const script = join(__dirname, '../testing/train-in-process.ts');
const hook = join(__dirname, '../../../../../tools/jest/typescript-hook.cjs');

async function trainElsewhere(job: { backend: string; threads: number; resume?: string }): Promise<Outcome> {
  const args = ['--require', hook, script, JSON.stringify(job)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout.slice(stdout.indexOf('{"info"'))) as Outcome;
}

describe.each([
  { backend: 'tensorflow' as const, threads: 2 },
  { backend: 'wasm' as const, threads: 1 },
])('training on $backend', (settings) => {
  it('gives the same weights in two processes', async () => {
    const [one, other] = await Promise.all([trainElsewhere(settings), trainElsewhere(settings)]);
    expect(one.info).toMatchObject({ name: settings.backend, threads: settings.threads });
    expect(one.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(other.digest).toBe(one.digest);
  });
});

it('goes on from a checkpoint in another process to the same bits', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelyard-checkpoint-'));
  try {
    const settings = { backend: 'wasm' as const, threads: 1 };
    const resume = join(folder, 'checkpoint');
    const here = await trainNetwork({
      ...smallTraining(settings),
      onCheckpoint: async (checkpoint, epoch) => (epoch === 2 ? writeFile(resume, checkpoint) : undefined),
    });
    const there = await trainElsewhere({ ...settings, resume });
    expect(there.digest).toBe(here.weightsDigest);
    here.dispose();
  } finally {
    await rm(folder, { recursive: true });
  }
});
