import type { MetricPoint, Recipe } from '@modelyard/contracts';
import { trainNetwork } from '@modelyard/ml-networks';
import type { EpochReport, TrainedNetwork } from '@modelyard/ml-networks';
import type { CheckpointKeeper } from './checkpoint-keeper';
import type { Splits } from './load-splits';
import type { Say } from './say';

export interface NetworkTraining {
  recipe: Recipe;
  inputShape: number[];
  classes: number;
  splits: Splits;
  keeper: CheckpointKeeper;
  resume?: Buffer;
  signal: AbortSignal;
  say: Say;
}

/**
 * Trains the recipe's network, and says every epoch what came of it.
 * @throws DivergenceError when the loss is no number any more
 */
export function trainOnSplits(training: NetworkTraining): Promise<TrainedNetwork> {
  const { train, validation } = training.splits.samples;
  let epochStarted = Date.now();
  let state: Buffer | undefined;
  return trainNetwork({
    recipe: training.recipe,
    inputShape: training.inputShape,
    classes: training.classes,
    train,
    validation,
    ...(training.resume === undefined ? {} : { resume: training.resume }),
    signal: training.signal,
    onEpoch: async (report) => {
      const now = Date.now();
      const { epoch, epochs, metrics, secondsLeft } = report;
      training.say({
        type: 'epoch',
        progress: { epoch, epochs, metrics: { ...metrics }, secondsLeft },
        metrics: pointsOf(report, now),
        seconds: (now - epochStarted) / 1000,
      });
      epochStarted = now;
      // After the epoch's metrics: a checkpoint that overtook them would leave a hole when the training goes on there.
      if (state !== undefined) await training.keeper.offer(state, epoch);
    },
    onCheckpoint: (checkpoint) => {
      state = checkpoint;
      return Promise.resolve();
    },
  });
}

function pointsOf({ epoch, metrics }: EpochReport, timestamp: number): MetricPoint[] {
  return Object.entries(metrics).map(([key, value]) => ({ key, value, step: epoch, timestamp }));
}
