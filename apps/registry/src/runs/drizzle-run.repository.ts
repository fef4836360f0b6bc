import type { Page, Run } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import { and, eq, sql } from 'drizzle-orm';
import { latestMetrics, runParams, runs } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Tagged } from '../preconditions/tagged';
import { Clock } from '../sources/clock';
import type { RunOrder } from './run-order';
import { runColumns, toRun } from './run-rows';
import type { NewRun, RunChange, RunFilter } from './run.repository';
import { RunRepository } from './run.repository';

@Injectable()
export class DrizzleRunRepository extends RunRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(filter: RunFilter, order: RunOrder, page: PageRequest): Promise<Page<Run>> {
    const sort = sortOf(order);
    const keyset = new Keyset(`runs ${JSON.stringify([filter, order])}`, [
      { expression: sql`(${sort.expression} is null)`, direction: 'asc', type: 'boolean' },
      { expression: sort.expression, direction: order.direction, type: sort.type },
      { expression: runs.id, direction: 'asc', type: 'uuid' },
    ]);
    const rows = await this.work.db
      .select({ ...runColumns, position: sql<string | null>`${sort.expression}::text` })
      .from(runs)
      .leftJoin(latestMetrics, sort.metric)
      .leftJoin(runParams, sort.param)
      .where(
        and(
          eq(runs.lifecycle, 'active'),
          filter.experimentId === undefined ? undefined : eq(runs.experimentId, Number(filter.experimentId)),
          filter.status === undefined ? undefined : eq(runs.status, filter.status),
          keyset.after(page),
        ),
      )
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.position === null, row.position, row.id], toRun);
  }

  async require(id: string): Promise<Tagged<Run>> {
    const [row] = await this.work.db.select(runColumns).from(runs).where(eq(runs.id, id));
    if (row === undefined) throw notFound(`run ${id}`);
    return new Tagged(toRun(row), row.revision);
  }

  async create({ experimentId, ...run }: NewRun): Promise<void> {
    await this.work.tx.insert(runs).values({
      ...run,
      experimentId: Number(experimentId),
      artifactUri: `mlflow-artifacts:/${experimentId}/${run.id}/artifacts`,
      createdAt: this.clock.now(),
    });
  }

  async hold(id: string): Promise<number> {
    const [row] = await this.work.tx
      .select({ revision: runs.revision })
      .from(runs)
      .where(eq(runs.id, id))
      .for('no key update');
    if (row === undefined) throw notFound(`run ${id}`);
    return row.revision;
  }

  async change(id: string, change: RunChange): Promise<void> {
    const changed = await this.work.tx
      .update(runs)
      .set({ ...change, revision: sql`${runs.revision} + 1` })
      .where(eq(runs.id, id))
      .returning({ id: runs.id });
    if (changed.length === 0) throw notFound(`run ${id}`);
  }
}

interface Sort {
  expression: SQLWrapper;
  type: string;
  /** The joins that bring the value; they match nothing when the order does not need them. */
  metric: SQL | undefined;
  param: SQL | undefined;
}

function sortOf({ by }: RunOrder): Sort {
  const nothing = sql`false`;
  if ('metric' in by) {
    const metric = and(eq(latestMetrics.runId, runs.id), eq(latestMetrics.key, by.metric));
    return { expression: latestMetrics.value, type: 'double precision', metric, param: nothing };
  }
  if ('param' in by) {
    const param = and(eq(runParams.runId, runs.id), eq(runParams.key, by.param));
    return { expression: runParams.value, type: 'text', metric: nothing, param };
  }
  const isText = by.attribute === 'name' || by.attribute === 'status';
  return {
    expression: runs[by.attribute],
    type: isText ? 'text' : 'bigint',
    metric: nothing,
    param: nothing,
  };
}
