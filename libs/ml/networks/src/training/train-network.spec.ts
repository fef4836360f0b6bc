import * as tf from '@tensorflow/tfjs';
import { backendFor } from '../backend/open-backend';
import { CLASSES, OPTIMIZERS, SHAPE, smallTraining } from '../testing/small-training';
import { samplesOf } from '../testing/samples-of';
import { weightsDigest } from '../weights/weights-digest';
import { decodeCheckpoint } from './checkpoint';
import { DivergenceError } from './divergence-error';
import { trainNetwork } from './train-network';
import type { EpochReport } from './training-job';

/** Runs a training to its end, and collects what it reports. */
async function run(job: ReturnType<typeof smallTraining>) {
  const reports: EpochReport[] = [];
  const checkpoints: Buffer[] = [];
  const trained = await trainNetwork({
    ...job,
    onEpoch: (report) => Promise.resolve(void reports.push(report)),
    onCheckpoint: (checkpoint) => Promise.resolve(void checkpoints.push(checkpoint)),
  });
  return { trained, reports, checkpoints };
}

describe('trainNetwork', () => {
  beforeAll(() => backendFor({ backend: 'tensorflow', threads: 1 }));

  it('learns, and reports every epoch', async () => {
    const { trained, reports } = await run(smallTraining({ epochs: 12 }));
    expect(reports.map(({ epoch, epochs }) => [epoch, epochs])).toEqual(
      Array.from({ length: 12 }, (_, index) => [index + 1, 12]),
    );
    expect(reports.at(-1)?.metrics.val_accuracy).toBe(1);
    expect(reports.at(-1)?.metrics.val_loss).toBeLessThan(reports[0]?.metrics.val_loss as number);
    expect(reports.at(-1)?.secondsLeft).toBe(0);
    expect(trained.epochsRun).toBe(12);
    trained.dispose();
  });

  it('predicts probabilities as its evaluation saw them', async () => {
    const { trained, reports } = await run(smallTraining({ epochs: 12 }));
    const samples = samplesOf(20, SHAPE, CLASSES, 'validation');
    const probabilities = await trained.predict(samples, 20);
    expect(probabilities).toHaveLength(20 * CLASSES);
    const rows = Array.from({ length: 20 }, (_, row) =>
      probabilities.subarray(row * CLASSES, (row + 1) * CLASSES),
    );
    for (const row of rows) expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    const crossEntropy = rows.reduce((sum, row, index) => {
      return sum - Math.log(row[samples.labels[index] as number] as number) / 20;
    }, 0);
    const kernel = trained.weights.get('dense_6/kernel');
    const penalty = 0.001 * (kernel?.data.reduce((sum, value) => sum + value * value, 0) ?? 0);
    expect(reports.at(-1)?.metrics.val_loss).toBeCloseTo(crossEntropy + penalty, 4);
    await expect(trained.predict(samples, 19)).rejects.toThrow('There are 1280 values, expected 19 × 64');
    trained.dispose();
  });

  it('gives the same weights for the same seed, and others for another', async () => {
    const digests = [];
    for (const seed of [1, 1, 2]) {
      const { trained } = await run(smallTraining({}, { seed }));
      digests.push(trained.weightsDigest);
      expect(weightsDigest(trained.weights)).toBe(trained.weightsDigest);
      trained.dispose();
    }
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
  });

  it.each(OPTIMIZERS)('goes on from any checkpoint to the same bits: $title', async ({ optimizer }) => {
    const whole = await run(smallTraining({ optimizer }));
    expect(whole.checkpoints).toHaveLength(3);
    for (const [index, resume] of whole.checkpoints.entries()) {
      const rest = await run(smallTraining({ optimizer }, { resume }));
      expect(rest.trained.weightsDigest).toBe(whole.trained.weightsDigest);
      expect(rest.reports.map(({ epoch, metrics }) => [epoch, metrics])).toEqual(
        whole.reports.slice(index + 1).map(({ epoch, metrics }) => [epoch, metrics]),
      );
      rest.trained.dispose();
    }
    whole.trained.dispose();
  });

  it('refuses a checkpoint of another training, and what is none', async () => {
    const { trained, checkpoints } = await run(smallTraining());
    trained.dispose();
    const resume = checkpoints[0] as Buffer;
    await expect(trainNetwork(smallTraining({}, { resume, seed: 2 }))).rejects.toThrow(
      'belongs to another training',
    );
    const train = samplesOf(50, SHAPE, CLASSES, 'other');
    await expect(trainNetwork(smallTraining({}, { resume, train }))).rejects.toThrow(
      'belongs to another training',
    );
    await expect(trainNetwork(smallTraining({}, { resume: Buffer.from('none') }))).rejects.toThrow(
      'no checkpoint',
    );
    await expect(trainNetwork(smallTraining({}, { resume: resume.subarray(0, -4) }))).rejects.toThrow(
      'bytes',
    );
  });

  it('stops early with the weights of the best epoch, resumed or not', async () => {
    const earlyStopping = { patience: 3, minDelta: 0 };
    // Labels of the validation samples are wrong on purpose: the better the network, the higher their loss.
    const validation = samplesOf(20, SHAPE, CLASSES, 'validation');
    validation.labels = validation.labels.map((label) => (label + 1) % CLASSES);
    const { trained, reports, checkpoints } = await run(
      smallTraining({ epochs: 30, earlyStopping }, { validation }),
    );
    const losses = reports.map(({ metrics }) => metrics.val_loss);
    const best = losses.indexOf(Math.min(...losses));
    expect(reports).toHaveLength(best + 1 + 3);
    expect(trained.epochsRun).toBe(best + 1 + 3);
    const bestWeights = decodeCheckpoint(checkpoints[best] as Buffer).weights;
    expect(trained.weightsDigest).toBe(weightsDigest(bestWeights));
    for (const resume of [checkpoints[best + 1], checkpoints.at(-1)] as Buffer[]) {
      const rest = await run(smallTraining({ epochs: 30, earlyStopping }, { validation, resume }));
      expect(rest.trained.weightsDigest).toBe(trained.weightsDigest);
      expect(rest.trained.epochsRun).toBe(trained.epochsRun);
      rest.trained.dispose();
    }
    trained.dispose();
  });

  it('stops within a step when it is told to, and frees everything', async () => {
    const before = tf.memory().numTensors;
    const stop = new AbortController();
    const reason = new Error('cancelled by its owner');
    const training = trainNetwork(
      smallTraining(
        { epochs: 1000 },
        {
          signal: stop.signal,
          onEpoch: ({ epoch }) =>
            Promise.resolve(epoch === 2 ? void setImmediate(() => stop.abort(reason)) : undefined),
        },
      ),
    );
    await expect(training).rejects.toBe(reason);
    expect(tf.memory().numTensors).toBe(before);
    await expect(trainNetwork(smallTraining({}, { signal: stop.signal }))).rejects.toBe(reason);
  });

  it('says so when it diverges, and frees everything', async () => {
    const before = tf.memory().numTensors;
    const optimizer = { type: 'sgd', learningRate: 1e30, momentum: 0, nesterov: false } as const;
    const epochs: number[] = [];
    const onEpoch = ({ metrics }: EpochReport) => Promise.resolve(void epochs.push(metrics.loss));
    await expect(trainNetwork(smallTraining({ optimizer }, { onEpoch }))).rejects.toThrow(DivergenceError);
    expect(epochs.at(-1)).not.toBeLessThan(Infinity);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('holds the same number of tensors after every epoch, and none at the end', async () => {
    const before = tf.memory().numTensors;
    const counts: number[] = [];
    const trained = await trainNetwork(
      smallTraining(
        { epochs: 6 },
        { onEpoch: () => Promise.resolve(void counts.push(tf.memory().numTensors)) },
      ),
    );
    expect(new Set(counts).size).toBe(1);
    trained.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    ['no samples', { train: samplesOf(0, SHAPE, CLASSES) }, 'There are no samples for training'],
    ['another shape', { train: samplesOf(5, [8, 8], CLASSES), inputShape: [8, 9, 1] }, 'expected 5 × 72'],
    [
      'an unknown class',
      { validation: samplesOf(9, SHAPE, 9) },
      'The label of validation sample 4 is 4, and there are 4',
    ],
  ])('refuses %s', async (_title, wrong, message) => {
    await expect(trainNetwork(smallTraining({}, wrong))).rejects.toThrow(message);
  });
});
