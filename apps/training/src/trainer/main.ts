import { openBlobStore, toStoredContent } from '@modelyard/platform-blobs';
import { largestDifference } from '../parity/onnx-parity';
import type { FromTrainer, ToTrainer, TrainerOutcome } from '../trainer-protocol';
import { outcomeOf } from './outcome-of';
import { runTraining } from './run-training';

// Ctrl-C reaches the whole process group; the worker decides what becomes of its trainers.
process.on('SIGINT', () => undefined);
// Without its worker nobody hears the result, and another trainer may have the job already.
process.once('disconnect', () => process.exit(1));

const handBack = new AbortController();

function say(message: FromTrainer): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

/** The last word must have left before the process does. */
function leave(outcome: TrainerOutcome): void {
  process.send?.(outcome, undefined, undefined, () => process.exit(0));
}

process.on('message', (message: ToTrainer) => {
  if (message.type === 'hand-back') {
    handBack.abort();
    return;
  }
  const { assignment } = message;
  const blobs = openBlobStore(assignment.artifactStoreUrl);
  const now = (): Date => new Date();
  const store = toStoredContent(blobs);
  runTraining(assignment, { blobs, store, say, parity: largestDifference, signal: handBack.signal, now })
    .catch(outcomeOf)
    .then(leave, (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
});
