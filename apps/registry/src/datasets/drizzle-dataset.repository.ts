import type { BlobReference, Dataset, DatasetKind, DatasetVersion, Page } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import type { SQL } from 'drizzle-orm';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { datasets, datasetVersionBlobs, datasetVersions } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock, toIso } from '../sources/clock';
import type { NewDatasetVersion, SameContent } from './dataset.repository';
import { DatasetRepository } from './dataset.repository';
import { splitKey } from './split-key';

/** Rows of one insert: PostgreSQL takes 65,535 parameters. */
const BATCH = 5_000;

@Injectable()
export class DrizzleDatasetRepository extends DatasetRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(page: PageRequest): Promise<Page<Dataset>> {
    const keyset = new Keyset('datasets', [{ expression: datasets.name, direction: 'asc' }]);
    const rows = await this.work.db
      .select()
      .from(datasets)
      .where(keyset.after(page))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.name], toDataset);
  }

  async require(name: string): Promise<Dataset> {
    const [row] = await this.work.db.select().from(datasets).where(eq(datasets.name, name));
    if (row === undefined) throw notFound(`dataset '${name}'`);
    return toDataset(row);
  }

  async describe(name: string, description: string): Promise<Dataset> {
    const [row] = await this.work.tx
      .update(datasets)
      .set({ description })
      .where(eq(datasets.name, name))
      .returning();
    if (row === undefined) throw notFound(`dataset '${name}'`);
    return toDataset(row);
  }

  async listVersions(name: string, page: PageRequest): Promise<Page<DatasetVersion>> {
    await this.require(name);
    const keyset = new Keyset(`dataset-versions ${name}`, [
      { expression: datasetVersions.version, direction: 'desc', type: 'integer' },
    ]);
    const rows = await this.selectVersions(and(eq(datasets.name, name), keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.version.version], toVersion);
  }

  async requireVersion(name: string, version: number | 'latest', path?: string): Promise<DatasetVersion> {
    const found = await this.findVersion(name, version);
    if (found !== undefined) return found;
    const [dataset] = await this.work.db.select().from(datasets).where(eq(datasets.name, name));
    if (dataset === undefined)
      throw notFound(`dataset '${name}'`, path === undefined ? path : `${path}.name`);
    throw notFound(`version ${version} of dataset '${name}'`, path === undefined ? path : `${path}.version`);
  }

  findLatest(name: string): Promise<DatasetVersion | undefined> {
    return this.findVersion(name, 'latest');
  }

  async keepVersion(name: string, version: number): Promise<void> {
    const { rows } = await this.work.tx.execute<{ deleted: boolean }>(sql`
      select deleted_at is not null as deleted from dataset_versions
      where dataset_id = (select id from datasets where name = ${name}) and version = ${version} for share`);
    if (rows[0] === undefined) throw notFound(`version ${version} of dataset '${name}'`);
    if (rows[0].deleted)
      throw new AppError('CONFLICT', `The content of version ${version} of dataset '${name}' was deleted.`);
  }

  async hold(dataset: {
    name: string;
    kind: DatasetKind;
    description: string;
    createdBy: string;
  }): Promise<Dataset> {
    await this.work.tx
      .insert(datasets)
      .values({ ...dataset, createdAt: this.clock.now() })
      .onConflictDoNothing();
    const [row] = await this.work.tx
      .select()
      .from(datasets)
      .where(eq(datasets.name, dataset.name))
      .for('update');
    if (row === undefined) throw notFound(`dataset '${dataset.name}'`);
    return toDataset(row);
  }

  async findSame(name: string, { digest, split }: SameContent): Promise<DatasetVersion | undefined> {
    const [row] = await this.selectVersions(
      and(
        eq(datasets.name, name),
        eq(datasetVersions.digest, digest),
        eq(datasetVersions.splitKey, splitKey(split)),
        isNull(datasetVersions.deletedAt),
      ),
    );
    return row === undefined ? undefined : toVersion(row);
  }

  async find(name: string): Promise<Dataset | undefined> {
    const [row] = await this.work.db.select().from(datasets).where(eq(datasets.name, name));
    return row === undefined ? undefined : toDataset(row);
  }

  async addVersion(version: NewDatasetVersion, blobs: readonly BlobReference[]): Promise<DatasetVersion> {
    const [dataset] = await this.work.tx
      .update(datasets)
      .set({ latestVersion: sql`${datasets.latestVersion} + 1` })
      .where(eq(datasets.name, version.dataset))
      .returning();
    if (dataset === undefined) throw notFound(`dataset '${version.dataset}'`);
    const { dataset: _name, blob, parent, ...content } = version;
    const key = { datasetId: dataset.id, version: dataset.latestVersion };
    await this.work.tx.insert(datasetVersions).values({
      ...content,
      ...key,
      splitKey: splitKey(version.split),
      blobSha256: blob.sha256,
      blobSize: blob.size,
      ...(parent === undefined ? {} : { parentVersion: parent.version, parentOperation: parent.operation }),
      createdAt: this.clock.now(),
    });
    const needed = [...new Map([blob, ...blobs].map((one) => [one.sha256, one])).values()];
    for (let start = 0; start < needed.length; start += BATCH) {
      const rows = needed.slice(start, start + BATCH).map(({ sha256, size }) => ({ ...key, sha256, size }));
      await this.work.tx.insert(datasetVersionBlobs).values(rows);
    }
    return this.requireVersion(dataset.name, dataset.latestVersion);
  }

  private async findVersion(name: string, version: number | 'latest'): Promise<DatasetVersion | undefined> {
    const wanted =
      version === 'latest' ? isNull(datasetVersions.deletedAt) : eq(datasetVersions.version, version);
    const [row] = await this.selectVersions(and(eq(datasets.name, name), wanted))
      .orderBy(desc(datasetVersions.version))
      .limit(1);
    return row === undefined ? undefined : toVersion(row);
  }

  private selectVersions(where: SQL | undefined) {
    return this.work.db
      .select({ name: datasets.name, version: datasetVersions })
      .from(datasetVersions)
      .innerJoin(datasets, eq(datasets.id, datasetVersions.datasetId))
      .where(where)
      .$dynamic();
  }
}

function toDataset(row: typeof datasets.$inferSelect): Dataset {
  const { id: _id, ...dataset } = row;
  return { ...dataset, createdAt: toIso(row.createdAt) };
}

function toVersion({
  name,
  version,
}: {
  name: string;
  version: typeof datasetVersions.$inferSelect;
}): DatasetVersion {
  const { deletedAt, deletedBy, deletedReason, parentVersion, parentOperation } = version;
  return {
    dataset: name,
    version: version.version,
    digest: version.digest,
    schema: version.schema,
    rows: version.rows,
    classCounts: version.classCounts,
    split: version.split,
    blob: { sha256: version.blobSha256, size: version.blobSize },
    storedBytes: version.storedBytes,
    source: version.source,
    warnings: version.warnings,
    ...(parentVersion === null || parentOperation === null
      ? {}
      : { parent: { version: parentVersion, operation: parentOperation } }),
    quarantinedRows: version.quarantinedRows,
    ...(version.contract === null ? {} : { contract: version.contract }),
    ...(version.importId === null ? {} : { importId: version.importId }),
    createdAt: toIso(version.createdAt),
    createdBy: version.createdBy,
    ...(deletedAt === null
      ? {}
      : { deleted: { at: toIso(deletedAt), by: deletedBy ?? '', reason: deletedReason ?? '' } }),
  };
}
