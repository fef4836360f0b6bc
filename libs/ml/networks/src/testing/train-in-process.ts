// Trains the small network in a process of its own, and prints what came out. The one argument: { backend, threads, resume? } as JSON.
import { readFileSync } from 'node:fs';
import { openBackend } from '../backend/open-backend';
import { trainNetwork } from '../training/train-network';
import { smallTraining } from './small-training';

interface Arguments {
  backend: 'tensorflow' | 'wasm' | 'auto';
  threads: number;
  /** A checkpoint's path. */
  resume?: string;
}

async function main(): Promise<void> {
  const { backend, threads, resume } = JSON.parse(process.argv[2] ?? '{}') as Arguments;
  const info = await openBackend({ backend, threads });
  const job = smallTraining(
    { backend, threads },
    resume === undefined ? {} : { resume: readFileSync(resume) },
  );
  const trained = await trainNetwork(job);
  process.stdout.write(JSON.stringify({ info, digest: trained.weightsDigest, epochs: trained.epochsRun }));
}

void main();
