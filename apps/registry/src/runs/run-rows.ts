import type { Run } from '@modelyard/contracts';
import { getTableColumns, sql } from 'drizzle-orm';
import { runs } from '../database/schema';
import { toIso } from '../sources/clock';
import { toWireValues } from './metric-value';

const ofRun = (pairs: string) =>
  sql<Record<string, string>>`coalesce((select json_object_agg(${sql.raw(pairs)}), '{}')`;

/** A run with all that it logged, in one query: three lookups by key, not three queries or a product of joins. */
export const runColumns = {
  ...getTableColumns(runs),
  params: ofRun('p.key, p.value order by p.key) from run_params p where p.run_id = runs.id'),
  tags: ofRun('t.key, t.value order by t.key) from run_tags t where t.run_id = runs.id'),
  // As text, because JSON has no NaN.
  metrics: ofRun('m.key, m.value::text order by m.key) from latest_metrics m where m.run_id = runs.id'),
};

export type RunRow = typeof runs.$inferSelect & Record<'params' | 'tags' | 'metrics', Record<string, string>>;

export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    name: row.name,
    experimentId: String(row.experimentId),
    status: row.status,
    ...(row.statusMessage === null ? {} : { statusMessage: row.statusMessage }),
    params: row.params,
    metrics: toWireValues(row.metrics),
    tags: row.tags,
    lifecycle: row.lifecycle,
    ...(row.startedAt === null ? {} : { startedAt: toIso(row.startedAt) }),
    ...(row.endedAt === null ? {} : { endedAt: toIso(row.endedAt) }),
    createdAt: toIso(row.createdAt),
  };
}
