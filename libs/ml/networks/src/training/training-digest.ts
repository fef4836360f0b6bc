import { createHash } from 'node:crypto';
import type { Samples } from './samples';
import type { NetworkTraining } from './training-job';

/** Names what determines a training's weights, so that a checkpoint is never continued with anything else. */
export function trainingDigest(job: NetworkTraining): string {
  const { model, training, seed } = job.recipe;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([model, training, seed, job.inputShape, job.classes]));
  for (const samples of [job.train, job.validation]) addSamples(hash, samples);
  return hash.digest('hex');
}

function addSamples(hash: ReturnType<typeof createHash>, { values, labels, lookup }: Samples): void {
  for (const array of [values, labels, ...(lookup === undefined ? [] : [lookup])]) {
    hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
}
