import type { Logger } from '@modelyard/platform-observability';
import type { ChildKind } from '../../supervision/child-process';
import { ForkedChild } from '../../supervision/forked-child';
import { isOutcome } from '../importer-protocol';
import type { FromImporter, ImporterAssignment, ImporterOutcome } from '../importer-protocol';
import { ImporterLauncher } from './importer-process';
import type { ImporterProcess } from './importer-process';

const IMPORTER: ChildKind = {
  name: 'importer',
  work: 'its import',
  memoryAdvice: 'the operator can give it more (IMPORT_MEMORY_MIB)',
};

export interface ForkedImporterOptions {
  /** The importer's entry point. It gets this process's own Node options. */
  modulePath: string;
  environment: () => Record<string, string>;
  logger: Logger;
}

/** Runs each importer as a process of its own. */
export class ForkedImporterLauncher extends ImporterLauncher {
  constructor(private readonly options: ForkedImporterOptions) {
    super();
  }

  launch(assignment: ImporterAssignment, listen: (message: FromImporter) => void): ImporterProcess {
    return new ForkedChild<FromImporter, ImporterOutcome>({
      kind: IMPORTER,
      modulePath: this.options.modulePath,
      environment: this.options.environment(),
      execArgv: [`--max-old-space-size=${assignment.limits.memoryMiB}`],
      assignment: { type: 'import', assignment },
      isOutcome,
      listen,
      logger: (pid) => {
        const logger = this.options.logger.child({ importId: assignment.start.import.id, importerPid: pid });
        logger.info({}, 'importer started');
        return logger;
      },
    });
  }
}
