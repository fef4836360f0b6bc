import type { BlobReference, Page, StoredFile, Upload } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { uploadPieces, uploads } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock, toIso } from '../sources/clock';
import type { KnownUpload, NewUpload } from './upload.repository';
import { UploadRepository } from './upload.repository';

/** An import that reads the upload and has not ended. */
const IN_USE = sql`exists (
  select from dataset_import_uploads u join dataset_imports i on i.id = u.import_id
  where u.upload_id = ${uploads.id} and i.status in ('queued', 'running'))`;

@Injectable()
export class DrizzleUploadRepository extends UploadRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(page: PageRequest): Promise<Page<Upload>> {
    const keyset = new Keyset('uploads', [
      { expression: uploads.createdAt, direction: 'desc', type: 'bigint' },
      { expression: uploads.id, direction: 'asc', type: 'uuid' },
    ]);
    const rows = await this.work.db
      .select()
      .from(uploads)
      .where(and(gt(uploads.expiresAt, this.clock.now()), keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.createdAt, row.id], toUpload);
  }

  async require(id: string): Promise<KnownUpload> {
    const [row] = await this.work.db.select().from(uploads).where(eq(uploads.id, id));
    if (row === undefined || row.expiresAt <= this.clock.now()) throw notFound(`upload ${id}`);
    return { ...toUpload(row), metadata: row.metadata };
  }

  async create(upload: NewUpload): Promise<void> {
    await this.work.tx.insert(uploads).values({ ...upload, createdAt: this.clock.now() });
  }

  async addPiece(
    id: string,
    at: number,
    { sha256, size }: BlobReference,
    { expiresAt, grow }: { expiresAt: number; grow: boolean },
  ): Promise<boolean> {
    const end = at + size;
    const moved = await this.work.tx
      .update(uploads)
      .set({ offset: end, expiresAt, ...(grow ? { size: end } : {}) })
      .where(and(eq(uploads.id, id), eq(uploads.offset, at)))
      .returning({ id: uploads.id });
    if (moved.length === 0) return false;
    await this.work.tx.insert(uploadPieces).values({ uploadId: id, start: at, size, sha256 });
    return true;
  }

  async hold(ids: readonly string[]): Promise<(Upload | undefined)[]> {
    if (ids.length === 0) return [];
    const rows = await this.work.tx
      .select()
      .from(uploads)
      .where(and(inArray(uploads.id, [...ids]), gt(uploads.expiresAt, this.clock.now())))
      .orderBy(asc(uploads.id)) // in one order always, so that two who hold some of the same do not deadlock
      .for('update');
    const known = new Map(rows.map((row) => [row.id, toUpload(row)]));
    return ids.map((id) => known.get(id));
  }

  async files(ids: readonly string[]): Promise<StoredFile[]> {
    if (ids.length === 0) return [];
    const named = await this.work.db
      .select()
      .from(uploads)
      .where(inArray(uploads.id, [...ids]));
    const pieces = await this.work.db
      .select()
      .from(uploadPieces)
      .where(inArray(uploadPieces.uploadId, [...ids]))
      .orderBy(asc(uploadPieces.uploadId), asc(uploadPieces.start));
    const known = new Map(
      named.map(({ id, name, size }): [string, StoredFile] => [id, { name, size, pieces: [] }]),
    );
    for (const { uploadId, sha256, size } of pieces) known.get(uploadId)?.pieces.push({ sha256, size });
    return ids.map((id) => {
      const file = known.get(id);
      if (file === undefined) throw notFound(`upload ${id}`);
      return file;
    });
  }

  async prolong(ids: readonly string[], expiresAt: number): Promise<void> {
    if (ids.length === 0) return;
    await this.work.tx
      .update(uploads)
      .set({ expiresAt })
      .where(and(inArray(uploads.id, [...ids]), lt(uploads.expiresAt, expiresAt)));
  }

  async isInUse(id: string): Promise<boolean> {
    const rows = await this.work.tx
      .select({ id: uploads.id })
      .from(uploads)
      .where(and(eq(uploads.id, id), IN_USE));
    return rows.length > 0;
  }

  async delete(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const pieces = await this.work.tx
      .delete(uploadPieces)
      .where(inArray(uploadPieces.uploadId, [...ids]))
      .returning({ sha256: uploadPieces.sha256 });
    await this.work.tx.delete(uploads).where(inArray(uploads.id, [...ids]));
    return pieces.map(({ sha256 }) => sha256);
  }

  async takeExpired(now: number, limit: number): Promise<string[]> {
    const rows = await this.work.tx
      .select({ id: uploads.id })
      .from(uploads)
      .where(and(lt(uploads.expiresAt, now), sql`not ${IN_USE}`))
      .limit(limit)
      .for('update', { skipLocked: true });
    return rows.map(({ id }) => id);
  }
}

function toUpload(row: typeof uploads.$inferSelect): Upload {
  return {
    id: row.id,
    name: row.name,
    size: row.size,
    offset: row.offset,
    complete: row.offset === row.size,
    createdAt: toIso(row.createdAt),
    expiresAt: toIso(row.expiresAt),
    createdBy: row.createdBy,
  };
}
