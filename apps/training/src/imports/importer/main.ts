import { openBlobStore } from '@modelyard/platform-blobs';
import type { FromImporter, ImporterOutcome, ToImporter } from '../importer-protocol';
import { outcomeOf } from './outcome-of';
import { runImport } from './run-import';

// Ctrl-C reaches the whole process group; the worker decides what becomes of its importers.
process.on('SIGINT', () => undefined);
// Without its worker nobody hears the result, and another importer may have the import already.
process.once('disconnect', () => process.exit(1));

const handBack = new AbortController();

function say(message: FromImporter): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

/** The last word must have left before the process does. */
function leave(outcome: ImporterOutcome): void {
  process.send?.(outcome, undefined, undefined, () => process.exit(0));
}

process.on('message', (message: ToImporter) => {
  if (message.type === 'hand-back') {
    handBack.abort();
    return;
  }
  const { assignment } = message;
  const blobs = openBlobStore(assignment.artifactStoreUrl);
  runImport(assignment, { blobs, say, signal: handBack.signal, now: () => new Date() })
    .catch(outcomeOf)
    .then(leave, (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
});
