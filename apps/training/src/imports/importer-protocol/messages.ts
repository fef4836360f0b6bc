import type { ImportCheckpoint, ImportError, ImportProgress, SucceedImport } from '@modelyard/contracts';
import type { ChildOutcome } from '../../supervision/child-process';
import type { ImporterAssignment } from './assignment';

/** What the worker and its importer process say to each other over the fork's channel. Content goes through the blob store. */
export type ToImporter = { type: 'import'; assignment: ImporterAssignment } | { type: 'hand-back' };

export type ImporterOutcome = ChildOutcome<SucceedImport, ImportError>;

export type FromImporter =
  | { type: 'progress'; progress: ImportProgress }
  /** What another attempt can go on from. Its blobs are stored already. */
  | { type: 'checkpoint'; checkpoint: ImportCheckpoint }
  /** What the people whose import it is should read. */
  | { type: 'note'; message: string }
  | ImporterOutcome;

export function isOutcome(said: FromImporter): said is ImporterOutcome {
  return said.type === 'finished' || said.type === 'failed' || said.type === 'handed-back';
}
