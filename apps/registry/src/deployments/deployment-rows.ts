import type { Deployment, DeploymentRevision } from '@modelyard/contracts';
import { getTableColumns, sql } from 'drizzle-orm';
import type { deploymentRevisions } from '../database/schema';
import { deployments, models } from '../database/schema';
import { toIso } from '../sources/clock';
import type { ReplicaReport } from './aggregate-status';
import { aggregateStatus } from './aggregate-status';
import type { HeldDeployment } from './deployment.repository';

/** A deployment with the name of its model and what its replicas say; for a join with `models`. */
export const deploymentColumns = {
  ...getTableColumns(deployments),
  model: models.name,
  reports: sql<ReplicaReport[]>`coalesce((
    select json_agg(json_build_object('replica', s.replica, 'state', s.state, 'revision', s.revision,
      'serving', s.serving, 'message', s.message, 'reportedAt', s.reported_at))
    from deployment_statuses s where s.deployment = deployments.name), '[]')`,
};

type Row = typeof deployments.$inferSelect & { model: string };

export function toHeld(row: Row): HeldDeployment {
  return {
    name: row.name,
    target: row.target,
    revision: row.revision,
    desired: { model: row.model, version: row.desiredVersion },
    isDefault: row.isDefault,
  };
}

export function toDeployment(row: Row & { reports: ReplicaReport[] }): Deployment {
  return {
    ...toHeld(row),
    status: aggregateStatus(row.revision, row.reports),
    createdAt: toIso(row.createdAt),
    updatedAt: toIso(row.updatedAt),
  };
}

export function toRevision(row: typeof deploymentRevisions.$inferSelect): DeploymentRevision {
  const { deployment: _name, ...revision } = row;
  return { ...revision, createdAt: toIso(row.createdAt) };
}
