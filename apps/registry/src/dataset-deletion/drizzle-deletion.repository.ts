import { Injectable } from '@nestjs/common';
import type { SQL } from 'drizzle-orm';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { datasetImports, datasetVersionBlobs, datasetVersions, trainingJobs } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { notFound } from '../naming/not-found';
import type { OpenUses } from './deletion.repository';
import { DeletionRepository } from './deletion.repository';

/** As many as a message can name. */
const NAMED = 20;
const OPEN = ['queued', 'running'] as const;

@Injectable()
export class DrizzleDeletionRepository extends DeletionRepository {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async hold(dataset: string, version: number): Promise<void> {
    const [row] = await this.work.tx
      .select({ version: datasetVersions.version })
      .from(datasetVersions)
      .where(isVersion(dataset, version))
      .for('update');
    if (row === undefined) throw notFound(`version ${version} of dataset '${dataset}'`);
  }

  async openUses(dataset: string, version: number): Promise<OpenUses> {
    const jobs = await this.work.tx
      .select({ id: trainingJobs.id })
      .from(trainingJobs)
      .where(
        and(
          eq(trainingJobs.datasetName, dataset),
          eq(trainingJobs.datasetVersion, version),
          inArray(trainingJobs.status, OPEN),
        ),
      )
      .limit(NAMED);
    const imports = await this.work.tx
      .select({ id: datasetImports.id })
      .from(datasetImports)
      .where(
        and(
          eq(datasetImports.datasetName, dataset),
          eq(datasetImports.parentVersion, version),
          inArray(datasetImports.status, OPEN),
        ),
      )
      .limit(NAMED);
    return { trainingJobs: jobs.map(({ id }) => id), imports: imports.map(({ id }) => id) };
  }

  async markDeleted(
    dataset: string,
    version: number,
    { at, by, reason }: { at: number; by: string; reason: string },
  ): Promise<string[]> {
    await this.work.tx
      .update(datasetVersions)
      .set({ deletedAt: at, deletedBy: by, deletedReason: reason, storedBytes: 0 })
      .where(isVersion(dataset, version));
    const gone = await this.work.tx
      .delete(datasetVersionBlobs)
      .where(and(eq(datasetVersionBlobs.datasetId, idOf(dataset)), eq(datasetVersionBlobs.version, version)))
      .returning({ sha256: datasetVersionBlobs.sha256 });
    return gone.map(({ sha256 }) => sha256);
  }
}

function isVersion(dataset: string, version: number): SQL | undefined {
  return and(eq(datasetVersions.datasetId, idOf(dataset)), eq(datasetVersions.version, version));
}

function idOf(dataset: string): SQL<number> {
  return sql`(select d.id from datasets d where d.name = ${dataset})`;
}
