export interface Experiment {
  id: string;
  name: string;
  lifecycle: 'active' | 'deleted';
  tags: Record<string, string>;
  createdAt: string;
  updatedAt: string;
}

export const RUN_STATUSES = ['scheduled', 'running', 'finished', 'failed', 'killed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export interface Run {
  id: string;
  name: string;
  experimentId: string;
  status: RunStatus;
  /** Why a failed run failed, in one sentence for a person. */
  statusMessage?: string;
  params: Record<string, string>;
  /** The last value of each metric. */
  metrics: Record<string, number>;
  tags: Record<string, string>;
  lifecycle: 'active' | 'deleted';
  startedAt?: string;
  endedAt?: string;
  createdAt: string;
}

/** One point of a metric. `timestamp` is in milliseconds since the epoch. NaN and infinities travel as strings in JSON. */
export interface MetricPoint {
  key: string;
  value: number;
  step: number;
  timestamp: number;
}

export interface RunArtifact {
  path: string;
  size: number;
  sha256: string;
  mediaType: string;
}
