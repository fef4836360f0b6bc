import type { Caller, Run, RunStatus } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { Clock } from '../sources/clock';
import type { RunChange } from './run.repository';
import { RunRepository } from './run.repository';

const ENDED: readonly RunStatus[] = ['finished', 'failed', 'killed'];

@Injectable()
export class UpdateRun {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: RunRepository,
    private readonly changes: RecordChange,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes a run's name or status. A status that ends the run ends it now, unless the caller says when.
   * @throws AppError NOT_FOUND, or PRECONDITION_FAILED when the run has changed since the caller read it
   */
  execute(id: string, change: RunChange, precondition: Precondition, caller: Caller): Promise<Tagged<Run>> {
    return this.work.transaction(async () => {
      requireMatch(precondition, await this.runs.hold(id));
      const ends = change.status !== undefined && ENDED.includes(change.status);
      const endedAt = ends && change.endedAt === undefined ? { endedAt: this.clock.now() } : {};
      await this.runs.change(id, { ...change, ...endedAt });
      await this.changes.execute({
        action: 'run.updated',
        subject: `runs/${id}`,
        caller,
        details: { ...change },
      });
      return this.runs.require(id);
    });
  }
}
