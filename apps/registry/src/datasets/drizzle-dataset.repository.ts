import type { Dataset, DatasetKind, DatasetVersion, Page } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import type { SQL } from 'drizzle-orm';
import { and, eq, sql } from 'drizzle-orm';
import { datasets, datasetVersions } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock, toIso } from '../sources/clock';
import type { NewDatasetVersion } from './dataset.repository';
import { DatasetRepository } from './dataset.repository';

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
    const wanted = version === 'latest' ? datasets.latestVersion : sql`${version}`;
    const [row] = await this.selectVersions(
      and(eq(datasets.name, name), eq(datasetVersions.version, wanted)),
    );
    if (row !== undefined) return toVersion(row);
    const [dataset] = await this.work.db.select().from(datasets).where(eq(datasets.name, name));
    if (dataset === undefined)
      throw notFound(`dataset '${name}'`, path === undefined ? path : `${path}.name`);
    throw notFound(`version ${version} of dataset '${name}'`, path === undefined ? path : `${path}.version`);
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

  async findByDigest(name: string, digest: string): Promise<DatasetVersion | undefined> {
    const [row] = await this.selectVersions(and(eq(datasets.name, name), eq(datasetVersions.digest, digest)));
    return row === undefined ? undefined : toVersion(row);
  }

  async addVersion(version: NewDatasetVersion): Promise<DatasetVersion> {
    const [dataset] = await this.work.tx
      .update(datasets)
      .set({ latestVersion: sql`${datasets.latestVersion} + 1` })
      .where(eq(datasets.name, version.dataset))
      .returning();
    if (dataset === undefined) throw notFound(`dataset '${version.dataset}'`);
    const { dataset: _name, blob, ...content } = version;
    const row = {
      ...content,
      datasetId: dataset.id,
      version: dataset.latestVersion,
      blobSha256: blob.sha256,
      blobSize: blob.size,
      createdAt: this.clock.now(),
    };
    await this.work.tx.insert(datasetVersions).values(row);
    return this.requireVersion(dataset.name, dataset.latestVersion);
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
  const { datasetId: _id, blobSha256, blobSize, ...content } = version;
  return {
    dataset: name,
    ...content,
    blob: { sha256: blobSha256, size: blobSize },
    createdAt: toIso(version.createdAt),
  };
}
