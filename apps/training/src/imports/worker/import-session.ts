import type { ImportError, SucceedImport } from '@modelyard/contracts';
import type { Logger } from '@modelyard/platform-observability';
import { ChildSession } from '../../supervision/child-session';
import type { SessionEnd } from '../../supervision/child-session';
import type { RelayTimes } from '../../supervision/report-relay';
import type { FromImporter, ImporterAssignment } from '../importer-protocol';
import type { ImportRegistry } from '../registry/import-registry';
import { ImportRelay } from './import-relay';
import type { ImporterLauncher } from './importer-process';

export type ImportEnd = SessionEnd<SucceedImport, ImportError>;

export interface ImportSessionParts {
  registry: ImportRegistry;
  launcher: ImporterLauncher;
  relayTimes: RelayTimes;
  /** How long an importer may take to hand its import back. */
  handBackMs: number;
  logger: Logger;
}

/** One attempt at one import. */
export class ImportSession extends ChildSession<ImportRelay, SucceedImport, ImportError> {
  constructor(parts: ImportSessionParts, assignment: ImporterAssignment) {
    super({
      openRelay: (listener) =>
        new ImportRelay(parts.registry, assignment.start.import.id, listener, parts.relayTimes, parts.logger),
      launch: (relay) => parts.launcher.launch(assignment, (message) => hear(message, relay)),
      handBackMs: parts.handBackMs,
      failureOf: (message) => ({ message, problems: [], problemCount: 0 }),
    });
  }
}

function hear(message: FromImporter, relay: ImportRelay): void {
  switch (message.type) {
    case 'progress':
      return relay.pushProgress(message.progress);
    case 'checkpoint':
      return relay.pushCheckpoint(message.checkpoint);
    case 'note':
      return relay.pushNote(message.message);
    case 'finished':
    case 'failed':
    case 'handed-back':
      return; // the process's end tells
  }
}
