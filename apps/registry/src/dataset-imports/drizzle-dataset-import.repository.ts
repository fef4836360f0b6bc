import type { DatasetImport, DatasetImportEvent, ImportStatus, Page } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import {
  datasetImportBlobs,
  datasetImportEvents,
  datasetImports,
  datasetImportUploads,
} from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { EVENTS_CHANNEL } from '../events/event-bell';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock, toIso } from '../sources/clock';
import type {
  DatasetImportChange,
  KnownImport,
  NewDatasetImport,
  OpenImport,
} from './dataset-import.repository';
import { DatasetImportRepository, hasEnded } from './dataset-import.repository';
import { showImport, toImport } from './show-import';

const OPEN: ImportStatus[] = ['queued', 'running'];
/** Rows of one insert: PostgreSQL takes 65,535 parameters. */
const BATCH = 10_000;

@Injectable()
export class DrizzleDatasetImportRepository extends DatasetImportRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(
    { status, dataset }: { status?: ImportStatus; dataset?: string },
    page: PageRequest,
  ): Promise<Page<DatasetImport>> {
    const keyset = new Keyset(`dataset-imports ${status ?? ''} ${dataset ?? ''}`, [
      { expression: datasetImports.createdAt, direction: 'desc', type: 'bigint' },
      { expression: datasetImports.id, direction: 'asc', type: 'uuid' },
    ]);
    const rows = await this.work.db
      .select()
      .from(datasetImports)
      .where(
        and(
          status === undefined ? undefined : eq(datasetImports.status, status),
          dataset === undefined ? undefined : eq(datasetImports.datasetName, dataset),
          keyset.after(page),
        ),
      )
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(
      rows,
      page,
      (row) => [row.createdAt, row.id],
      (row) => showImport(toImport(row)),
    );
  }

  async require(id: string): Promise<DatasetImport> {
    const [row] = await this.work.db.select().from(datasetImports).where(eq(datasetImports.id, id));
    if (row === undefined) throw notFound(`dataset import ${id}`);
    return showImport(toImport(row));
  }

  async hold(id: string): Promise<KnownImport> {
    const [row] = await this.work.tx
      .select()
      .from(datasetImports)
      .where(eq(datasetImports.id, id))
      .for('update');
    if (row === undefined) throw notFound(`dataset import ${id}`);
    const { description, contract, parentVersion: version, operation, checkpoint, attemptId } = row;
    return {
      import: toImport(row),
      ...(description === null ? {} : { description }),
      ...(contract === null ? {} : { contract }),
      ...(version === null || operation === null ? {} : { parent: { version, operation } }),
      ...(checkpoint === null ? {} : { checkpoint }),
      ...(attemptId === null ? {} : { attemptId }),
    };
  }

  async create({ dataset, parent, ...created }: NewDatasetImport): Promise<void> {
    const now = this.clock.now();
    await this.work.tx.insert(datasetImports).values({
      ...created,
      datasetName: dataset,
      ...(parent === undefined ? {} : { parentVersion: parent.version, operation: parent.operation }),
      status: 'queued',
      createdAt: now,
      updatedAt: now,
    });
    const uploads = created.source.type === 'upload' ? created.source.uploads : [];
    const rows = uploads.map(({ id }, position) => ({ importId: created.id, position, uploadId: id }));
    for (let start = 0; start < rows.length; start += BATCH)
      await this.work.tx.insert(datasetImportUploads).values(rows.slice(start, start + BATCH));
  }

  async change(id: string, change: DatasetImportChange): Promise<void> {
    await this.work.tx
      .update(datasetImports)
      .set({ ...change, updatedAt: this.clock.now() })
      .where(eq(datasetImports.id, id));
  }

  async needBlobs(id: string, sha256s: readonly string[]): Promise<string[]> {
    const gone = await this.work.tx
      .delete(datasetImportBlobs)
      .where(
        and(
          eq(datasetImportBlobs.importId, id),
          sql`${datasetImportBlobs.sha256} <> all(${sql.param([...sha256s])}::text[])`,
        ),
      )
      .returning({ sha256: datasetImportBlobs.sha256 });
    const rows = [...new Set(sha256s)].map((sha256) => ({ importId: id, sha256 }));
    for (let start = 0; start < rows.length; start += BATCH) {
      await this.work.tx
        .insert(datasetImportBlobs)
        .values(rows.slice(start, start + BATCH))
        .onConflictDoNothing();
    }
    return gone.map(({ sha256 }) => sha256);
  }

  async addEvent(id: string, type: DatasetImportEvent['type'], data: Record<string, unknown>): Promise<void> {
    await this.work.tx.execute(sql`
      with numbered as (
        update dataset_imports set last_event = last_event + 1 where id = ${id} returning id, last_event
      ),
      added as (
        insert into dataset_import_events (import_id, seq, type, at, data)
        select id, last_event, ${type}, ${this.clock.now()}::bigint, ${JSON.stringify(data)}::jsonb from numbered
      )
      select pg_notify(${EVENTS_CHANNEL}, ${id})`);
  }

  async hasEnded(id: string): Promise<boolean> {
    return hasEnded(await this.require(id));
  }

  async eventsAfter(id: string, after: number, limit: number): Promise<DatasetImportEvent[]> {
    const rows = await this.work.db
      .select()
      .from(datasetImportEvents)
      .where(and(eq(datasetImportEvents.importId, id), gt(datasetImportEvents.seq, after)))
      .orderBy(asc(datasetImportEvents.seq))
      .limit(limit);
    return rows.map(({ seq, type, at, data }) => ({ seq, type, at: toIso(at), data }));
  }

  open(before: number, limit: number, after?: string): Promise<OpenImport[]> {
    return this.work.db
      .select({
        id: datasetImports.id,
        attempt: datasetImports.attempt,
        requestId: datasetImports.requestId,
      })
      .from(datasetImports)
      .where(
        and(
          inArray(datasetImports.status, OPEN),
          lt(datasetImports.updatedAt, before),
          after === undefined ? undefined : gt(datasetImports.id, after),
        ),
      )
      .orderBy(asc(datasetImports.id))
      .limit(limit);
  }

  async takeResumable(before: number, limit: number): Promise<string[]> {
    const rows = await this.work.tx
      .select({ id: datasetImports.id })
      .from(datasetImports)
      .where(and(isNotNull(datasetImports.checkpoint), lt(datasetImports.endedAt, before)))
      .limit(limit)
      .for('update', { skipLocked: true });
    return rows.map(({ id }) => id);
  }
}
