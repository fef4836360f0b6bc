import type { Recipe } from '../recipe/recipe';

export const TRAINING_JOB_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type TrainingJobStatus = (typeof TRAINING_JOB_STATUSES)[number];

export interface TrainingProgress {
  epoch: number;
  epochs: number;
  /** The metrics of that epoch: `loss`, `accuracy`, `val_loss`, `val_accuracy`. */
  metrics: Record<string, number>;
  secondsLeft?: number;
}

/** One execution of a recipe. Its id is the id of its run. */
export interface TrainingJob {
  id: string;
  status: TrainingJobStatus;
  recipe: Recipe;
  dataset: { name: string; version: number; digest: string };
  attempt: number;
  cancelRequested: boolean;
  progress?: TrainingProgress;
  /** Why a failed job failed, for a person. */
  error?: string;
  result?: TrainingResult;
  createdAt: string;
  createdBy: string;
  startedAt?: string;
  endedAt?: string;
}

export interface TrainingResult {
  metrics: Record<string, number>;
  /** SHA-256 over the trained weights in their canonical order. */
  weightsDigest: string;
  backend: string;
  model?: { name: string; version: number };
}

/** One entry of a job's history, sent as a server-sent event with `id: seq` and `event: type`. */
export interface TrainingJobEvent {
  seq: number;
  type: 'status' | 'progress' | 'log';
  at: string;
  data: Record<string, unknown>;
}
