import type { ModelVersion, Page, Stage } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import type { SQL } from 'drizzle-orm';
import { and, eq, getTableColumns, ne, sql } from 'drizzle-orm';
import { models, modelVersions, modelVersionTags } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import type { HeldModel } from '../models/model.repository';
import { notFound } from '../naming/not-found';
import { Tagged } from '../preconditions/tagged';
import { Clock } from '../sources/clock';
import { toModelVersion } from './to-model-version';
import type { NewModelVersion, VersionChange } from './version.repository';
import { VersionRepository } from './version.repository';

const columns = {
  ...getTableColumns(modelVersions),
  model: models.name,
  tags: sql<Record<string, string>>`coalesce((
    select json_object_agg(t.key, t.value order by t.key) from model_version_tags t
    where t.model_id = model_versions.model_id and t.version = model_versions.version), '{}')`,
  aliases: sql<string[]>`coalesce((
    select json_agg(a.alias order by a.alias) from model_aliases a
    where a.model_id = model_versions.model_id and a.version = model_versions.version), '[]')`,
};

@Injectable()
export class DrizzleVersionRepository extends VersionRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(model: string, { stage }: { stage?: Stage }, page: PageRequest): Promise<Page<ModelVersion>> {
    await this.requireModel(model);
    const keyset = new Keyset(`versions ${model} ${stage ?? ''}`, [
      { expression: modelVersions.version, direction: 'desc', type: 'integer' },
    ]);
    const inStage = stage === undefined ? undefined : eq(modelVersions.stage, stage);
    const rows = await this.select(and(eq(models.name, model), inStage, keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.version], toModelVersion);
  }

  async require(model: string, version: number): Promise<Tagged<ModelVersion>> {
    const [row] = await this.select(and(eq(models.name, model), eq(modelVersions.version, version)));
    if (row !== undefined) return new Tagged(toModelVersion(row), row.revision);
    await this.requireModel(model);
    throw notFound(`version ${version} of model '${model}'`);
  }

  async add(model: HeldModel, { tags, runId, dataset, ...version }: NewModelVersion): Promise<number> {
    const now = this.clock.now();
    const [numbered] = await this.work.tx
      .update(models)
      .set({ lastVersion: sql`${models.lastVersion} + 1`, updatedAt: now })
      .where(eq(models.id, model.id))
      .returning({ version: models.lastVersion });
    if (numbered === undefined) throw notFound(`model '${model.name}'`);
    const identity = { modelId: model.id, version: numbered.version };
    await this.work.tx.insert(modelVersions).values({
      ...version,
      ...identity,
      status: 'ready',
      runId: runId ?? null,
      dataset: dataset ?? null,
      createdAt: now,
      updatedAt: now,
    });
    await this.insertTags(identity, tags);
    return identity.version;
  }

  async change(model: HeldModel, version: number, { description, tags }: VersionChange): Promise<void> {
    await this.update(model, version, description === undefined ? {} : { description });
    if (tags === undefined) return;
    const identity = { modelId: model.id, version };
    await this.work.tx
      .delete(modelVersionTags)
      .where(and(eq(modelVersionTags.modelId, model.id), eq(modelVersionTags.version, version)));
    await this.insertTags(identity, tags);
  }

  async setStage(model: HeldModel, version: number, stage: Stage): Promise<void> {
    await this.update(model, version, { stage });
  }

  async archiveOthers(model: HeldModel, stage: Stage, except: number): Promise<number[]> {
    const rows = await this.work.tx
      .update(modelVersions)
      .set({ stage: 'Archived', revision: sql`${modelVersions.revision} + 1`, updatedAt: this.clock.now() })
      .where(
        and(
          eq(modelVersions.modelId, model.id),
          eq(modelVersions.stage, stage),
          ne(modelVersions.version, except),
        ),
      )
      .returning({ version: modelVersions.version });
    return rows.map((row) => row.version).sort((a, b) => a - b);
  }

  async delete(model: HeldModel, version: number): Promise<void> {
    await this.work.tx.delete(modelVersions).where(this.is(model, version));
  }

  private async update(
    model: HeldModel,
    version: number,
    change: Partial<Pick<ModelVersion, 'description' | 'stage'>>,
  ): Promise<void> {
    await this.work.tx
      .update(modelVersions)
      .set({ ...change, revision: sql`${modelVersions.revision} + 1`, updatedAt: this.clock.now() })
      .where(this.is(model, version));
  }

  private async insertTags(
    identity: { modelId: number; version: number },
    tags: Record<string, string>,
  ): Promise<void> {
    const rows = Object.entries(tags).map(([key, value]) => ({ ...identity, key, value }));
    if (rows.length > 0) await this.work.tx.insert(modelVersionTags).values(rows);
  }

  private async requireModel(name: string): Promise<void> {
    const [row] = await this.work.db.select({ id: models.id }).from(models).where(eq(models.name, name));
    if (row === undefined) throw notFound(`model '${name}'`);
  }

  private is(model: HeldModel, version: number): SQL | undefined {
    return and(eq(modelVersions.modelId, model.id), eq(modelVersions.version, version));
  }

  private select(where: SQL | undefined) {
    return this.work.db
      .select(columns)
      .from(modelVersions)
      .innerJoin(models, eq(models.id, modelVersions.modelId))
      .where(where)
      .$dynamic();
  }
}
