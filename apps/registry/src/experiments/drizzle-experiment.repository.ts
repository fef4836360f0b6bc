import type { Experiment, Page } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { experiments, experimentTags } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { containing } from '../listing/containing';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { alreadyExists, notFound } from '../naming/not-found';
import { Clock, toIso } from '../sources/clock';
import type { ExperimentFilter } from './experiment.repository';
import { ExperimentRepository } from './experiment.repository';

const columns = {
  ...getTableColumns(experiments),
  tags: sql<Record<string, string>>`coalesce((
    select json_object_agg(t.key, t.value order by t.key) from experiment_tags t
    where t.experiment_id = experiments.id), '{}')`,
};

@Injectable()
export class DrizzleExperimentRepository extends ExperimentRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(filter: ExperimentFilter, page: PageRequest): Promise<Page<Experiment>> {
    const keyset = new Keyset(`experiments ${JSON.stringify(filter)}`, [
      { expression: experiments.id, direction: 'asc', type: 'bigint' },
    ]);
    const rows = await this.work.db
      .select(columns)
      .from(experiments)
      .where(
        and(
          containing(experiments.name, filter.search),
          filter.lifecycle === undefined ? undefined : eq(experiments.lifecycle, filter.lifecycle),
          keyset.after(page),
        ),
      )
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.id], toExperiment);
  }

  async require(id: string, path?: string): Promise<Experiment> {
    const [row] = await this.work.db
      .select(columns)
      .from(experiments)
      .where(eq(experiments.id, Number(id)));
    if (row === undefined) throw notFound(`experiment ${id}`, path);
    return toExperiment(row);
  }

  async create(name: string, tags: Record<string, string>): Promise<string> {
    const id = await this.insert(name);
    if (id === undefined) throw alreadyExists(`experiment '${name}'`);
    const rows = Object.entries(tags).map(([key, value]) => ({ experimentId: id, key, value }));
    if (rows.length > 0) await this.work.tx.insert(experimentTags).values(rows);
    return String(id);
  }

  async findOrCreate(name: string): Promise<{ id: string; created: boolean }> {
    const id = await this.insert(name);
    if (id !== undefined) return { id: String(id), created: true };
    const [row] = await this.work.tx.select().from(experiments).where(eq(experiments.name, name));
    if (row === undefined) throw notFound(`experiment '${name}'`);
    if (row.lifecycle === 'deleted') {
      throw new AppError('CONFLICT', `Experiment '${name}' is deleted. Restore it, or choose another name.`);
    }
    return { id: String(row.id), created: false };
  }

  private async insert(name: string): Promise<number | undefined> {
    const now = this.clock.now();
    const [row] = await this.work.tx
      .insert(experiments)
      .values({ name, artifactLocation: '', createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: experiments.id });
    if (row === undefined) return undefined;
    await this.work.tx
      .update(experiments)
      .set({ artifactLocation: `mlflow-artifacts:/${row.id}` })
      .where(eq(experiments.id, row.id));
    return row.id;
  }
}

function toExperiment(row: typeof experiments.$inferSelect & { tags: Record<string, string> }): Experiment {
  return {
    id: String(row.id),
    name: row.name,
    lifecycle: row.lifecycle,
    tags: row.tags,
    createdAt: toIso(row.createdAt),
    updatedAt: toIso(row.updatedAt),
  };
}
