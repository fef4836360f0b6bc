import type { Recipe } from '@modelyard/contracts';
import type { ContentStore } from '@modelyard/ml-datasets';
import { openBackend } from '@modelyard/ml-networks';
import { checkRecipeAgainst, recipeDigest } from '@modelyard/ml-recipes';
import type { BlobStore } from '@modelyard/platform-blobs';
import type { TrainerAssignment, TrainerOutcome } from '../trainer-protocol';
import { CheckpointKeeper } from './checkpoint-keeper';
import { describeMachine } from './describe-machine';
import { describeRecipe } from './describe-recipe';
import { finishTraining } from './finish-training';
import type { ParityCheck } from './finish-training';
import { loadSplits, requireFeatures } from './load-splits';
import type { Say } from './say';
import { trainOnSplits } from './train-on-splits';

export interface TrainerParts {
  blobs: Pick<BlobStore, 'put' | 'read'>;
  /** The same blobs, as the library of datasets wants them. */
  store: ContentStore;
  say: Say;
  parity: ParityCheck;
  /** Aborted when the training is wanted back. */
  signal: AbortSignal;
  now: () => Date;
}

/**
 * One whole training: data, network, measurements, package. The same assignment gives the same weights, wherever an
 * earlier attempt broke off.
 * @throws TrainingFailure, RecipeError when another attempt would fail too; any other error when it may not
 */
export async function runTraining(
  assignment: TrainerAssignment,
  parts: TrainerParts,
): Promise<TrainerOutcome> {
  const { datasetVersion } = assignment;
  const recipe = onThreads(assignment.recipe, assignment.threads);
  const { say } = parts;
  say({ type: 'phase', phase: 'loading' });
  requireFeatures(datasetVersion);
  const plan = checkRecipeAgainst(recipe, datasetVersion.schema);
  const backend = await openBackend({ backend: recipe.training.backend, threads: assignment.threads });
  say({
    type: 'described',
    params: {
      ...describeRecipe(recipe, datasetVersion),
      parameters: String(plan.parameters),
      ...describeMachine(backend),
      ...(assignment.sourceCommit === undefined ? {} : { commit: assignment.sourceCommit }),
    },
  });
  if (backend.reason !== undefined) say({ type: 'log', level: 'info', message: backend.reason });

  const splits = await loadSplits(parts.store, datasetVersion, recipe.preprocessing);
  const keeper = new CheckpointKeeper(
    parts.blobs,
    {
      trainingJobId: assignment.trainingJobId,
      recipeDigest: recipeDigest(recipe),
      datasetDigest: datasetVersion.digest,
      backend: backend.name,
    },
    assignment.checkpointIntervalMs,
    (checkpoint) => say({ type: 'checkpoint', checkpoint }),
  );
  const resumed =
    assignment.checkpoint === undefined ? undefined : await keeper.resume(assignment.checkpoint);
  if (resumed?.note !== undefined) say({ type: 'log', level: 'warn', message: resumed.note });
  if (resumed?.state !== undefined) {
    say({ type: 'log', level: 'info', message: `The training goes on after epoch ${resumed.epoch}.` });
  }

  say({ type: 'phase', phase: 'training' });
  try {
    const network = await trainOnSplits({
      recipe,
      inputShape: datasetVersion.schema.shape,
      classes: datasetVersion.schema.classes.length,
      splits,
      keeper,
      ...(resumed?.state === undefined ? {} : { resume: resumed.state }),
      signal: parts.signal,
      say,
    });
    try {
      const result = await finishTraining({ assignment, backend, splits, network, parts });
      return { type: 'finished', result };
    } finally {
      network.dispose();
    }
  } catch (error) {
    if (!parts.signal.aborted) throw error;
    await keeper.storeNewest();
    return { type: 'handed-back' };
  }
}

/** The recipe as this worker runs it: its checkpoints are of no use to a worker with other threads. */
function onThreads(recipe: Recipe, threads: number): Recipe {
  return { ...recipe, training: { ...recipe.training, threads } };
}
