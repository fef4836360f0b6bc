import * as tf from '@tensorflow/tfjs';
import type { LayersTopology } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import { backendFor } from '../backend/open-backend';
import { initializeWeights } from '../network/initialize-weights';
import { resolveNetwork } from '@modelyard/ml-recipes';
import { weightsDigest } from '../weights/weights-digest';
import type { Checkpoint } from './checkpoint';
import { decodeCheckpoint } from './checkpoint';
import { NetworkInTraining } from './network-in-training';
import { runEpochs } from './run-epochs';
import { checkSamples, gatherValues } from './samples';
import { trainingDigest } from './training-digest';
import type { NetworkTraining, TrainedNetwork } from './training-job';

const PREDICTION_BATCH = 256;

/**
 * Trains a network by its recipe. The same recipe, samples and seed give the same weights, bit for bit, on the same
 * backend, thread count and kind of processor, whether the training ran in one go or went on from a checkpoint.
 * @throws the signal's reason when it was stopped
 * @throws DivergenceError when the loss is no number any more
 * @throws RangeError when the samples do not fit the recipe
 * @throws Error when the checkpoint is not one of this training
 */
export async function trainNetwork(job: NetworkTraining): Promise<TrainedNetwork> {
  const { recipe, inputShape, classes, signal } = job;
  signal.throwIfAborted();
  checkSamples(job.train, inputShape, classes, 'training');
  checkSamples(job.validation, inputShape, classes, 'validation');
  const { backend, threads, optimizer: spec } = recipe.training;
  const opened = await backendFor({ backend, threads });
  const topology = resolveNetwork(recipe.model, inputShape, classes);
  const digest = trainingDigest(job);
  const resumed = job.resume === undefined ? undefined : resume(job.resume, digest);
  const weights = resumed?.weights ?? initializeWeights(topology, recipe.seed);
  let network = new NetworkInTraining(opened, topology, weights, {
    spec,
    ...(resumed === undefined ? {} : { state: resumed.optimizer }),
  });
  try {
    const { epochsRun, best } = await runEpochs(job, network, digest, resumed);
    if (best !== undefined && best.epoch !== epochsRun) {
      network.dispose();
      network = new NetworkInTraining(opened, topology, best.weights, { spec });
    }
    return trained(network, topology, epochsRun);
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function resume(buffer: Buffer, digest: string): Checkpoint {
  const checkpoint = decodeCheckpoint(buffer);
  if (checkpoint.trainingDigest !== digest) {
    throw new Error('The checkpoint belongs to another training: recipe, seed or data differ');
  }
  return checkpoint;
}

function trained(network: NetworkInTraining, topology: LayersTopology, epochsRun: number): TrainedNetwork {
  const weights = network.weights();
  const { inputShape, classes } = topology;
  return {
    topology,
    weights,
    weightsDigest: weightsDigest(weights),
    epochsRun,
    async predict(samples, rows) {
      const size = product(inputShape);
      if (samples.values.length !== rows * size) {
        throw new RangeError(`There are ${samples.values.length} values, expected ${rows} × ${size}`);
      }
      const probabilities = new Float32Array(rows * classes);
      for (let start = 0; start < rows; start += PREDICTION_BATCH) {
        const end = Math.min(rows, start + PREDICTION_BATCH);
        const values = gatherValues(samples, inputShape, { start, end });
        const input = tf.tensor(values, [end - start, ...inputShape]);
        probabilities.set(network.predict(input), start * classes);
        input.dispose();
        await new Promise(setImmediate); // messages of the parent process get their turn
      }
      return probabilities;
    },
    dispose: () => network.dispose(),
  };
}
