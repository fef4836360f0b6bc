import type { MetricPoint, Page } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import type { SQL } from 'drizzle-orm';
import { and, eq, sql } from 'drizzle-orm';
import { runMetrics, runs } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { toWire } from './metric-value';
import { RunLog } from './run-log';

/** Batches go in as arrays and are unnested by PostgreSQL: one parameter a column, however many rows. */
@Injectable()
export class DrizzleRunLog extends RunLog {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  logMetrics(runId: string, points: readonly MetricPoint[]): Promise<void> {
    const newer = sql`(excluded.step, excluded.timestamp, excluded.value) > (known.step, known.timestamp, known.value)`;
    return this.insertPoints(runId, points, newer);
  }

  async replaceMetrics(runId: string, points: readonly MetricPoint[]): Promise<void> {
    await this.work.transaction(async () => {
      await this.work.tx.execute(sql`
        delete from run_metrics as old using ${unnestPoints(points)}
        where old.run_id = ${runId} and old.key = point.key and old.step = point.step
          and (old.timestamp, old.value) <> (point.timestamp, point.value)`);
      await this.insertPoints(runId, points, sql`excluded.step >= known.step`);
    });
  }

  async logParams(runId: string, params: Record<string, string>): Promise<void> {
    await this.work.transaction(async () => {
      // A conflicting row is "updated" to what it is, so that the statement returns the value that stands, even one
      // that another transaction has just written.
      const stored = await this.upsert(runId, 'run_params', params, sql`value = known.value`);
      for (const { key, value } of stored) {
        if (params[key] !== value) throw paramChanged(key, value, params[key]);
      }
    });
  }

  async replaceParams(runId: string, params: Record<string, string>): Promise<void> {
    await this.upsert(runId, 'run_params', params, sql`value = excluded.value`);
  }

  async setTags(runId: string, tags: Record<string, string>): Promise<void> {
    await this.upsert(runId, 'run_tags', tags, sql`value = excluded.value`);
  }

  async history(runId: string, key: string, page: PageRequest): Promise<Page<MetricPoint>> {
    const keyset = new Keyset(`metric ${runId} ${key}`, [
      { expression: runMetrics.step, direction: 'asc', type: 'bigint' },
      { expression: runMetrics.timestamp, direction: 'asc', type: 'bigint' },
      { expression: runMetrics.value, direction: 'asc', type: 'double precision' },
    ]);
    const rows = await this.work.db
      .select()
      .from(runMetrics)
      .where(and(eq(runMetrics.runId, runId), eq(runMetrics.key, key), keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    if (rows.length === 0) await this.requireRun(runId);
    return keyset.toPage(
      rows,
      page,
      (row) => [row.step, row.timestamp, String(row.value)],
      ({ step, timestamp, value }) => ({ key, value: toWire(value) as number, step, timestamp }),
    );
  }

  /** @param supersedes when a point takes the place of the latest one that is known */
  private async insertPoints(runId: string, points: readonly MetricPoint[], supersedes: SQL): Promise<void> {
    // One statement is one transaction: history and latest values change together, in one round trip.
    const { rows } = await this.work.db.execute<{ found: number }>(sql`
      with run as (${activeRun(runId)}),
      point as (select * from ${unnestPoints(points)}),
      history as (
        insert into run_metrics (run_id, key, step, timestamp, value)
        select run.id, point.key, point.step, point.timestamp, point.value from run, point
        on conflict do nothing
      ),
      latest as (
        insert into latest_metrics as known (run_id, key, step, timestamp, value)
        select distinct on (point.key) run.id, point.key, point.step, point.timestamp, point.value from run, point
        order by point.key, point.step desc, point.timestamp desc, point.value desc
        on conflict (run_id, key) do update
        set step = excluded.step, timestamp = excluded.timestamp, value = excluded.value
        where ${supersedes}
      )
      select count(*)::int as found from run`);
    if (rows[0]?.found !== 1) throw await this.whyNot(runId);
  }

  private async upsert(
    runId: string,
    table: 'run_params' | 'run_tags',
    values: Record<string, string>,
    whenThere: SQL,
  ): Promise<{ key: string; value: string }[]> {
    const keys = Object.keys(values);
    const { rows } = await this.work.db.execute<{ key: string; value: string }>(sql`
      insert into ${sql.raw(table)} as known (run_id, key, value)
      select run.id, given.key, given.value
      from (${activeRun(runId)}) as run,
        unnest(${sql.param(keys)}::text[], ${sql.param(Object.values(values))}::text[]) as given(key, value)
      on conflict (run_id, key) do update set ${whenThere}
      returning key, value`);
    if (rows.length < keys.length || keys.length === 0) await this.requireActive(runId);
    return rows;
  }

  private async requireActive(runId: string): Promise<void> {
    const [row] = await this.work.db
      .select({ lifecycle: runs.lifecycle })
      .from(runs)
      .where(eq(runs.id, runId));
    if (row?.lifecycle !== 'active') throw await this.whyNot(runId);
  }

  private async whyNot(runId: string): Promise<AppError> {
    await this.requireRun(runId);
    return new AppError('CONFLICT', `Run ${runId} is deleted. Restore it before logging to it.`);
  }

  private async requireRun(runId: string): Promise<void> {
    const [row] = await this.work.db.select({ id: runs.id }).from(runs).where(eq(runs.id, runId));
    if (row === undefined) throw notFound(`run ${runId}`);
  }
}

function activeRun(runId: string): SQL {
  return sql`select id from runs where id = ${runId} and lifecycle = 'active'`;
}

function unnestPoints(points: readonly MetricPoint[]): SQL {
  const column = (values: unknown[], type: string) => sql`${sql.param(values)}::${sql.raw(type)}[]`;
  return sql`unnest(${sql.join(
    [
      column(
        points.map((point) => point.key),
        'text',
      ),
      column(
        points.map((point) => point.step),
        'bigint',
      ),
      column(
        points.map((point) => point.timestamp),
        'bigint',
      ),
      column(
        points.map((point) => point.value),
        'double precision',
      ),
    ],
    sql`, `,
  )}) as point(key, step, timestamp, value)`;
}

function paramChanged(key: string, is: string, wanted: string | undefined): AppError {
  const message = `was logged as '${is}' and cannot become '${wanted}': params do not change`;
  return new AppError('CONFLICT', `Param '${key}' ${message}.`, {
    fields: [{ path: `params.${key}`, message }],
  });
}
