import type { Caller, RunStatus, TrainingJob, TrainingResult } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { RunRepository } from '../runs/run.repository';
import { Clock } from '../sources/clock';
import { TrainingJobRepository } from './training-job.repository';

export type TrainingEnd =
  | { status: 'succeeded'; result: TrainingResult }
  | { status: 'failed'; error: string }
  | { status: 'cancelled' };

const RUN_STATUS: Record<TrainingEnd['status'], RunStatus> = {
  succeeded: 'finished',
  failed: 'failed',
  cancelled: 'killed',
};

@Injectable()
export class EndTrainingJob {
  constructor(
    private readonly jobs: TrainingJobRepository,
    private readonly runs: RunRepository,
    private readonly changes: RecordChange,
    private readonly clock: Clock,
  ) {}

  /** Ends a job that the transaction holds, and its run with it. */
  async execute(id: string, end: TrainingEnd, caller: Caller): Promise<TrainingJob> {
    const endedAt = this.clock.now();
    await this.jobs.change(id, { ...end, endedAt });
    await this.runs.change(id, {
      status: RUN_STATUS[end.status],
      endedAt,
      ...(end.status === 'failed' ? { statusMessage: end.error } : {}),
    });
    await this.jobs.addEvent(id, 'status', { ...end });
    await this.changes.execute({
      action: `training-job.${end.status}`,
      announce: 'training-job.finished',
      subject: `training-jobs/${id}`,
      caller,
      details: end.status === 'failed' ? { error: end.error } : {},
    });
    return this.jobs.require(id);
  }
}
