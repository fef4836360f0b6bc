import type { ImportCheckpoint, ImportProgress } from '@modelyard/contracts';
import type { Logger } from '@modelyard/platform-observability';
import { ReportRelay } from '../../supervision/report-relay';
import type { RelayListener, RelayTimes } from '../../supervision/report-relay';
import type { ImportRegistry } from '../registry/import-registry';
import { ImportReports } from './import-reports';

/** Carries what an importer says to the registry. */
export class ImportRelay extends ReportRelay {
  private readonly told: ImportReports;

  constructor(
    registry: Pick<ImportRegistry, 'report'>,
    importId: string,
    listener: RelayListener,
    times: RelayTimes,
    logger: Logger,
  ) {
    const reports = new ImportReports(registry, importId);
    super(reports, listener, times, logger);
    this.told = reports;
  }

  pushProgress(progress: ImportProgress): void {
    this.told.setProgress(progress);
    this.poll();
  }

  pushCheckpoint(checkpoint: ImportCheckpoint): void {
    this.told.setCheckpoint(checkpoint);
    this.poll();
  }

  pushNote(message: string): void {
    this.told.addNote(message);
    this.poll();
  }
}
