import type { ChildEnd, SupervisedChild } from '../../supervision/child-process';
import type { FromImporter, ImporterAssignment, ImporterOutcome } from '../importer-protocol';

export type ImporterEnd = ChildEnd<ImporterOutcome>;
export type ImporterProcess = SupervisedChild<ImporterOutcome>;

/** Where importers come from. */
export abstract class ImporterLauncher {
  /** Starts an importer in a process of its own. `listen` hears all that it says, but its last word. */
  abstract launch(assignment: ImporterAssignment, listen: (message: FromImporter) => void): ImporterProcess;
}
