import type { Page, RegisteredModel, Stage } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { models, modelTags } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { containing } from '../listing/containing';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { alreadyExists, notFound } from '../naming/not-found';
import { Tagged } from '../preconditions/tagged';
import { Clock, toIso } from '../sources/clock';
import type { HeldModel, ModelChange, ModelFilter } from './model.repository';
import { ModelRepository } from './model.repository';

const columns = {
  ...getTableColumns(models),
  tags: sql<Record<string, string>>`coalesce(
    (select json_object_agg(t.key, t.value order by t.key) from model_tags t where t.model_id = models.id), '{}')`,
  aliases: sql<Record<string, number>>`coalesce(
    (select json_object_agg(a.alias, a.version order by a.alias) from model_aliases a where a.model_id = models.id), '{}')`,
  latestVersions: sql<Partial<Record<Stage, number>>>`coalesce(
    (select json_object_agg(s.stage, s.version) from (
      select v.stage, max(v.version) as version from model_versions v where v.model_id = models.id group by v.stage
    ) s), '{}')`,
};

type Row = typeof models.$inferSelect & Pick<RegisteredModel, 'tags' | 'aliases' | 'latestVersions'>;

@Injectable()
export class DrizzleModelRepository extends ModelRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(filter: ModelFilter, page: PageRequest): Promise<Page<RegisteredModel>> {
    const keyset = new Keyset(`models ${JSON.stringify(filter)}`, [
      { expression: models.name, direction: 'asc' },
    ]);
    const rows = await this.work.db
      .select(columns)
      .from(models)
      .where(and(containing(models.name, filter.search), keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.name], toModel);
  }

  async require(name: string): Promise<Tagged<RegisteredModel>> {
    const [row] = await this.work.db.select(columns).from(models).where(eq(models.name, name));
    if (row === undefined) throw notFound(`model '${name}'`);
    return new Tagged(toModel(row), row.revision);
  }

  async create({ name, description, tags }: { name: string } & Required<ModelChange>): Promise<void> {
    const id = await this.insert(name, description);
    if (id === undefined) throw alreadyExists(`model '${name}'`);
    await this.insertTags(id, tags);
  }

  async hold(name: string): Promise<HeldModel> {
    const [row] = await this.work.tx.select().from(models).where(eq(models.name, name)).for('update');
    if (row === undefined) throw notFound(`model '${name}'`);
    return { id: row.id, name: row.name, revision: row.revision };
  }

  async holdOrCreate(name: string): Promise<{ model: HeldModel; created: boolean }> {
    const created = (await this.insert(name, '')) !== undefined;
    return { model: await this.hold(name), created };
  }

  async change(model: HeldModel, { description, tags }: ModelChange): Promise<void> {
    await this.work.tx
      .update(models)
      .set({
        ...(description === undefined ? {} : { description }),
        revision: sql`${models.revision} + 1`,
        updatedAt: this.clock.now(),
      })
      .where(eq(models.id, model.id));
    if (tags === undefined) return;
    await this.work.tx.delete(modelTags).where(eq(modelTags.modelId, model.id));
    await this.insertTags(model.id, tags);
  }

  async delete(model: HeldModel): Promise<void> {
    await this.work.tx.delete(models).where(eq(models.id, model.id));
  }

  private async insert(name: string, description: string): Promise<number | undefined> {
    const now = this.clock.now();
    const [row] = await this.work.tx
      .insert(models)
      .values({ name, description, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: models.id });
    return row?.id;
  }

  private async insertTags(modelId: number, tags: Record<string, string>): Promise<void> {
    const rows = Object.entries(tags).map(([key, value]) => ({ modelId, key, value }));
    if (rows.length > 0) await this.work.tx.insert(modelTags).values(rows);
  }
}

function toModel(row: Row): RegisteredModel {
  return {
    name: row.name,
    description: row.description,
    tags: row.tags,
    aliases: row.aliases,
    latestVersions: row.latestVersions,
    createdAt: toIso(row.createdAt),
    updatedAt: toIso(row.updatedAt),
  };
}
