import type { Page, TrainingJob, TrainingJobEvent, TrainingJobStatus } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { trainingJobEvents, trainingJobs } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { EVENTS_CHANNEL } from '../events/event-bell';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock, toIso } from '../sources/clock';
import type { HeldJob, NewTrainingJob, OpenJob, TrainingJobChange } from './training-job.repository';
import { hasEnded, TrainingJobRepository } from './training-job.repository';

@Injectable()
export class DrizzleTrainingJobRepository extends TrainingJobRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list({ status }: { status?: TrainingJobStatus }, page: PageRequest): Promise<Page<TrainingJob>> {
    const keyset = new Keyset(`training-jobs ${status ?? ''}`, [
      { expression: trainingJobs.createdAt, direction: 'desc', type: 'bigint' },
      { expression: trainingJobs.id, direction: 'asc', type: 'uuid' },
    ]);
    const rows = await this.work.db
      .select()
      .from(trainingJobs)
      .where(and(status === undefined ? undefined : eq(trainingJobs.status, status), keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.createdAt, row.id], toJob);
  }

  async require(id: string): Promise<TrainingJob> {
    const [row] = await this.work.db.select().from(trainingJobs).where(eq(trainingJobs.id, id));
    if (row === undefined) throw notFound(`training job ${id}`);
    return toJob(row);
  }

  async hold(id: string): Promise<HeldJob> {
    const [row] = await this.work.tx.select().from(trainingJobs).where(eq(trainingJobs.id, id)).for('update');
    if (row === undefined) throw notFound(`training job ${id}`);
    return { job: toJob(row), ...(row.checkpoint === null ? {} : { checkpoint: row.checkpoint }) };
  }

  async create({ dataset, ...job }: NewTrainingJob): Promise<void> {
    const now = this.clock.now();
    await this.work.tx.insert(trainingJobs).values({
      ...job,
      status: 'queued',
      datasetName: dataset.name,
      datasetVersion: dataset.version,
      datasetDigest: dataset.digest,
      createdAt: now,
      updatedAt: now,
    });
  }

  async change(id: string, change: TrainingJobChange): Promise<void> {
    await this.work.tx
      .update(trainingJobs)
      .set({ ...change, updatedAt: this.clock.now() })
      .where(eq(trainingJobs.id, id));
  }

  async addEvent(id: string, type: TrainingJobEvent['type'], data: Record<string, unknown>): Promise<void> {
    await this.work.tx.execute(sql`
      with numbered as (
        update training_jobs set last_event = last_event + 1 where id = ${id} returning id, last_event
      ),
      added as (
        insert into training_job_events (job_id, seq, type, at, data)
        select id, last_event, ${type}, ${this.clock.now()}::bigint, ${JSON.stringify(data)}::jsonb from numbered
      )
      select pg_notify(${EVENTS_CHANNEL}, ${id})`);
  }

  async hasEnded(id: string): Promise<boolean> {
    return hasEnded(await this.require(id));
  }

  async eventsAfter(id: string, after: number, limit: number): Promise<TrainingJobEvent[]> {
    const rows = await this.work.db
      .select()
      .from(trainingJobEvents)
      .where(and(eq(trainingJobEvents.jobId, id), gt(trainingJobEvents.seq, after)))
      .orderBy(asc(trainingJobEvents.seq))
      .limit(limit);
    return rows.map(({ seq, type, at, data }) => ({ seq, type, at: toIso(at), data }));
  }

  open(before: number, limit: number, after?: string): Promise<OpenJob[]> {
    return this.work.db
      .select({ id: trainingJobs.id, attempt: trainingJobs.attempt, requestId: trainingJobs.requestId })
      .from(trainingJobs)
      .where(
        and(
          inArray(trainingJobs.status, ['queued', 'running']),
          lt(trainingJobs.updatedAt, before),
          after === undefined ? undefined : gt(trainingJobs.id, after),
        ),
      )
      .orderBy(asc(trainingJobs.id))
      .limit(limit);
  }
}

function toJob(row: typeof trainingJobs.$inferSelect): TrainingJob {
  return {
    id: row.id,
    status: row.status,
    recipe: row.recipe,
    dataset: { name: row.datasetName, version: row.datasetVersion, digest: row.datasetDigest },
    attempt: row.attempt,
    cancelRequested: row.cancelRequested,
    ...(row.progress === null ? {} : { progress: row.progress }),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.result === null ? {} : { result: row.result }),
    createdAt: toIso(row.createdAt),
    createdBy: row.createdBy,
    ...(row.startedAt === null ? {} : { startedAt: toIso(row.startedAt) }),
    ...(row.endedAt === null ? {} : { endedAt: toIso(row.endedAt) }),
  };
}
