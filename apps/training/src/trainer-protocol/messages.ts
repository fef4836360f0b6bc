import type {
  MetricPoint,
  SucceedTraining,
  TrainingCheckpoint,
  TrainingProgress,
} from '@modelyard/contracts';
import type { TrainerAssignment } from './assignment';

/**
 * What the worker and its trainer process say to each other over the fork's channel (structured clones, so NaN
 * arrives as NaN). Large content never travels here: it goes through the blob store, and its digest travels.
 */
export type ToTrainer =
  | { type: 'train'; assignment: TrainerAssignment }
  /** Store the state of the last whole epoch, and exit. */
  | { type: 'hand-back' };

export type FromTrainer =
  | { type: 'described'; params: Record<string, string> }
  | { type: 'phase'; phase: TrainerPhase }
  | { type: 'epoch'; progress: TrainingProgress; metrics: MetricPoint[]; seconds: number }
  | { type: 'checkpoint'; checkpoint: TrainingCheckpoint }
  | { type: 'log'; level: 'info' | 'warn'; message: string }
  | TrainerOutcome;

/** The last message of a trainer. A trainer that exits without one crashed. */
export type TrainerOutcome =
  | { type: 'finished'; result: SucceedTraining }
  /** `permanent`: trying again would end the same way, because the recipe or the data is the reason. */
  | { type: 'failed'; error: string; permanent: boolean }
  | { type: 'handed-back' };

export const TRAINER_PHASES = [
  'loading',
  'training',
  'evaluating',
  'exporting',
  'checking',
  'storing',
] as const;
export type TrainerPhase = (typeof TRAINER_PHASES)[number];

export function isOutcome(message: FromTrainer): message is TrainerOutcome {
  return message.type === 'finished' || message.type === 'failed' || message.type === 'handed-back';
}
