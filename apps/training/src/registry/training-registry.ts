import type {
  ProgressResponse,
  StartTrainingResponse,
  SucceedTraining,
  TrainingCheckpoint,
  TrainingJobStatus,
  TrainingProgressReport,
} from '@modelyard/contracts';

/**
 * The registry as a training sees it. Every call may be repeated: the second time changes nothing.
 * `report` and `checkpoint` try once, for who calls them calls again; all others go on trying for minutes, because
 * the registry may be restarting.
 * All throw AppError: `NOT_FOUND` when there is no such job, `CONFLICT` when it has ended already.
 */
export abstract class TrainingRegistry {
  /** @param signal ends the trying, with its own reason */
  abstract start(jobId: string, signal: AbortSignal): Promise<StartTrainingResponse>;
  /** Also the way to ask whether somebody wants the training cancelled. */
  abstract report(jobId: string, report: TrainingProgressReport): Promise<ProgressResponse>;
  abstract checkpoint(jobId: string, checkpoint: TrainingCheckpoint): Promise<void>;
  /** @returns how the job ended: a cancel that came before wins */
  abstract succeed(jobId: string, result: SucceedTraining): Promise<TrainingJobStatus>;
  /** `retriable`: the job goes back to `queued`, for another attempt. */
  abstract fail(jobId: string, error: string, retriable: boolean): Promise<void>;
  abstract cancelled(jobId: string): Promise<void>;
}
