import type { ProgressResponse, TrainingCheckpoint, TrainingProgressReport } from '@modelyard/contracts';
import type { Logger } from '@modelyard/platform-observability';
import type { TrainingRegistry } from '../registry/training-registry';
import { isRefusal, ReportRelay } from '../supervision/report-relay';
import type { RelayListener, RelayTimes, Reports } from '../supervision/report-relay';
import { PendingReport } from './pending-report';

export interface ProgressListener extends RelayListener {
  /** The registry knows this checkpoint now, so the ones before it are of no use. */
  checkpointAcknowledged(sha256: string): void;
}

/** Carries what a trainer says to the registry. */
export class ProgressRelay extends ReportRelay {
  private readonly pending: PendingReport;

  constructor(
    registry: TrainingRegistry,
    jobId: string,
    listener: ProgressListener,
    times: RelayTimes,
    logger: Logger,
  ) {
    const pending = new PendingReport();
    super(new TrainingReports(registry, jobId, pending, listener), listener, times, logger);
    this.pending = pending;
  }

  push(report: Partial<TrainingProgressReport>): void {
    this.pending.add(report);
    this.poll();
  }

  pushCheckpoint(checkpoint: TrainingCheckpoint): void {
    this.pending.checkpoint = checkpoint;
    this.poll();
  }
}

/** What a trainer has said and the registry does not know: points in order, then the checkpoint that stands on them. */
class TrainingReports implements Reports {
  constructor(
    private readonly registry: TrainingRegistry,
    private readonly jobId: string,
    private readonly pending: PendingReport,
    private readonly listener: ProgressListener,
  ) {}

  get empty(): boolean {
    return this.pending.empty;
  }

  async send(): Promise<ProgressResponse> {
    const report = this.pending.take();
    const checkpoint = this.pending.tellableCheckpoint;
    const answer = await this.report(report);
    if (checkpoint !== undefined) await this.tell(checkpoint);
    return answer;
  }

  private async report(report: TrainingProgressReport): Promise<ProgressResponse> {
    try {
      return await this.registry.report(this.jobId, report);
    } catch (error) {
      if (!isRefusal(error)) this.pending.giveBack(report);
      throw error;
    }
  }

  private async tell(checkpoint: TrainingCheckpoint): Promise<void> {
    try {
      await this.registry.checkpoint(this.jobId, checkpoint);
    } catch (error) {
      if (isRefusal(error)) this.pending.checkpoint = undefined;
      throw error;
    }
    this.pending.acknowledge(checkpoint);
    this.listener.checkpointAcknowledged(checkpoint.sha256);
  }
}
