import type { ModelVersion } from '@modelyard/contracts';
import type { modelVersions } from '../database/schema';
import { toIso } from '../sources/clock';

export type VersionRow = typeof modelVersions.$inferSelect & {
  model: string;
  tags: Record<string, string>;
  aliases: string[];
};

export function toModelVersion(row: VersionRow): ModelVersion {
  return {
    model: row.model,
    version: row.version,
    stage: row.stage,
    status: row.status,
    description: row.description,
    tags: row.tags,
    aliases: row.aliases,
    ...(row.runId === null ? {} : { runId: row.runId }),
    ...(row.dataset === null ? {} : { dataset: row.dataset }),
    metrics: row.metrics,
    signature: row.signature,
    package: row.package,
    createdAt: toIso(row.createdAt),
    updatedAt: toIso(row.updatedAt),
    createdBy: row.createdBy,
  };
}
