import { Injectable } from '@nestjs/common';
import type { SQL } from 'drizzle-orm';
import { inArray, sql } from 'drizzle-orm';
import { releasedBlobs } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../sources/clock';
import { BlobReferences } from './blob-references';

/** Parameters of one statement; PostgreSQL takes 65,535. */
const BATCH = 5_000;

@Injectable()
export class DrizzleBlobReferences extends BlobReferences {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** A row that the sweep holds just now makes this wait until the sweep has ended. */
  async claim(sha256s: readonly string[]): Promise<void> {
    for (const batch of batches(sha256s))
      await this.work.db.delete(releasedBlobs).where(inArray(releasedBlobs.sha256, batch));
  }

  async release(sha256s: readonly string[]): Promise<void> {
    const releasedAt = this.clock.now();
    for (const batch of batches(sha256s)) {
      await this.work.db
        .insert(releasedBlobs)
        .values(batch.map((sha256) => ({ sha256, releasedAt })))
        .onConflictDoUpdate({ target: releasedBlobs.sha256, set: { releasedAt } });
    }
  }

  async takeReleased(before: number, limit: number): Promise<{ unneeded: string[]; more: boolean }> {
    const taken = await this.work.tx.execute<{ sha256: string; needed: boolean }>(sql`
      with taken as (
        delete from released_blobs where sha256 in (
          select sha256 from released_blobs where released_at < ${before}::bigint
          order by released_at limit ${limit} for update skip locked
        ) returning sha256
      )
      select sha256, (${isNeeded()}) as needed from taken`);
    const unneeded = taken.rows.filter(({ needed }) => !needed).map(({ sha256 }) => sha256);
    return { unneeded, more: taken.rows.length === limit };
  }
}

/** Whoever stores a new kind of content says here where it is written down. */
function isNeeded(): SQL {
  const places = [
    sql`exists (select from upload_pieces where upload_pieces.sha256 = taken.sha256)`,
    sql`exists (select from dataset_version_blobs where dataset_version_blobs.sha256 = taken.sha256)`,
    sql`exists (select from dataset_import_blobs where dataset_import_blobs.sha256 = taken.sha256)`,
    sql`exists (select from run_artifacts where run_artifacts.sha256 = taken.sha256)`,
    sql`exists (select from training_jobs where training_jobs.checkpoint ->> 'sha256' = taken.sha256)`,
    sql`exists (select from model_versions
        where model_versions.package @> jsonb_build_array(jsonb_build_object('sha256', taken.sha256)))`,
  ];
  return sql.join(places, sql` or `);
}

/** In one order always, so that two who lock the same rows do not wait for each other. */
function* batches(sha256s: readonly string[]): Generator<string[]> {
  const sorted = [...new Set(sha256s)].sort();
  for (let start = 0; start < sorted.length; start += BATCH) yield sorted.slice(start, start + BATCH);
}
