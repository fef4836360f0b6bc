import { performance } from 'node:perf_hooks';
import { SeededGenerator } from '@modelyard/ml-statistics';
import * as tf from '@tensorflow/tfjs';
import type { Checkpoint } from './checkpoint';
import { encodeCheckpoint } from './checkpoint';
import type { BestEpoch } from './early-stopping';
import { DivergenceError } from './divergence-error';
import { EarlyStopping } from './early-stopping';
import type { BatchResult, NetworkInTraining } from './network-in-training';
import type { Batch, Samples } from './samples';
import { gatherBatch } from './samples';
import type { NetworkTraining } from './training-job';

const EVALUATION_BATCH = 256;

/**
 * Runs the epochs that are left.
 * @throws DivergenceError after the epoch in which the loss stopped being a number
 * @returns how many epochs were run in all, and the best one where the recipe asks for early stopping
 */
export async function runEpochs(
  job: NetworkTraining,
  network: NetworkInTraining,
  digest: string,
  resumed?: Checkpoint,
): Promise<{ epochsRun: number; best?: BestEpoch }> {
  const { epochs, earlyStopping } = job.recipe.training;
  const stopping = earlyStopping && new EarlyStopping(earlyStopping, resumed?.best);
  const first = (resumed?.epoch ?? 0) + 1;
  const started = performance.now();
  let epoch = first - 1;
  // A checkpoint may be that of the epoch after which training ended.
  let over = epoch >= epochs || (resumed?.over ?? false);
  while (!over) {
    epoch++;
    const training = await trainEpoch(job, network, epoch);
    const validation = await evaluate(job, network, job.validation);
    const metrics = {
      loss: training.loss,
      accuracy: training.accuracy,
      val_loss: validation.loss,
      val_accuracy: validation.accuracy,
    };
    const wrong = (['loss', 'val_loss'] as const).find((name) => !Number.isFinite(metrics[name]));
    if (wrong !== undefined) {
      // The epoch is told first, so that its run shows what happened.
      await job.onEpoch({ epoch, epochs, metrics, secondsLeft: 0 });
      throw new DivergenceError(epoch, { name: wrong, value: metrics[wrong] });
    }
    over = stopping?.isOver(epoch, validation.loss, () => network.weights()) ?? false;
    const best = stopping?.best();
    if (job.onCheckpoint) {
      const state = {
        weights: network.weights(),
        optimizer: network.optimizerState(),
        ...(best ? { best } : {}),
      };
      await job.onCheckpoint(encodeCheckpoint({ trainingDigest: digest, epoch, over, ...state }), epoch);
    }
    const pace = (performance.now() - started) / 1000 / (epoch - first + 1);
    await job.onEpoch({
      epoch,
      epochs,
      metrics,
      secondsLeft: over ? 0 : pace * (epochs - epoch),
    });
    job.signal.throwIfAborted();
    over ||= epoch >= epochs;
  }
  const best = stopping?.best();
  return { epochsRun: epoch, ...(best ? { best } : {}) };
}

interface Averages {
  loss: number;
  accuracy: number;
}

function trainEpoch(job: NetworkTraining, network: NetworkInTraining, epoch: number): Promise<Averages> {
  const { seed, training } = job.recipe;
  // A generator for each purpose, epoch and step: what comes before can never shift what comes after.
  const generator = new SeededGenerator(seed).fork(`epoch ${epoch}`);
  const order = generator.fork('order').permutation(job.train.labels.length);
  return overBatches(job, job.train, { size: training.batchSize, order }, (batch, step) =>
    network.step(batch, (layer) => {
      const random = generator.fork(`step ${step}`).fork(layer);
      return [random.integer(2 ** 31), random.integer(2 ** 31)];
    }),
  );
}

function evaluate(job: NetworkTraining, network: NetworkInTraining, samples: Samples): Promise<Averages> {
  return overBatches(job, samples, { size: EVALUATION_BATCH }, (batch) => network.evaluate(batch));
}

async function overBatches(
  job: NetworkTraining,
  samples: Samples,
  batches: { size: number; order?: Uint32Array },
  compute: (batch: Batch, step: number) => BatchResult,
): Promise<Averages> {
  const rows = samples.labels.length;
  let loss = 0;
  let correct = 0;
  for (let start = 0, step = 0; start < rows; start += batches.size, step++) {
    // Between two steps messages arrive: a cancel among them.
    await new Promise(setImmediate);
    job.signal.throwIfAborted();
    const end = Math.min(rows, start + batches.size);
    const batch = gatherBatch(samples, job.inputShape, {
      start,
      end,
      ...(batches.order && { order: batches.order }),
    });
    const result = compute(batch, step);
    tf.dispose([batch.input, batch.labels]);
    loss += result.loss * batch.rows;
    correct += result.correct;
  }
  return { loss: loss / rows, accuracy: correct / rows };
}
