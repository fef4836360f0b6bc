import type { DeploymentState, DeploymentStatus } from '@modelyard/contracts';

export interface ReplicaReport {
  replica: string;
  state: DeploymentState;
  revision: number;
  serving: { model: string; version: number } | null;
  message: string | null;
  reportedAt: number;
}

/** A replica that is silent for longer than this, while others speak, is taken for gone. */
export const SILENCE_MS = 60_000;

/**
 * One status out of what the replicas say: failed if one failed to load the present revision, ready once all have it,
 * loading while some have not. What is served is the oldest version that any replica still answers with.
 */
export function aggregateStatus(revision: number, reports: readonly ReplicaReport[]): DeploymentStatus {
  const newest = Math.max(...reports.map((report) => report.reportedAt));
  const alive = reports.filter((report) => report.reportedAt >= newest - SILENCE_MS);
  const present = alive.filter((report) => report.revision === revision);
  const failed = present.find((report) => report.state === 'failed');
  const serving = alive
    .map((report) => report.serving)
    .filter((version) => version !== null)
    .sort((a, b) => a.version - b.version)[0];
  const message = failed?.message ?? present.find((report) => report.message !== null)?.message;
  return {
    state: failed === undefined ? stateOf(alive.length, present) : 'failed',
    revision,
    ...(serving === undefined ? {} : { serving }),
    ...(message === undefined || message === null ? {} : { message }),
  };
}

function stateOf(replicas: number, present: readonly ReplicaReport[]): DeploymentState {
  if (present.length === 0) return 'pending';
  return present.length === replicas && present.every((report) => report.state === 'ready')
    ? 'ready'
    : 'loading';
}
