import { Injectable } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { modelAliases, models } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { HeldModel } from '../models/model.repository';
import { notFound } from '../naming/not-found';
import { AliasRepository } from './alias.repository';

@Injectable()
export class DrizzleAliasRepository extends AliasRepository {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async move(model: HeldModel, alias: string, to: number): Promise<number | undefined> {
    const [before] = await this.work.tx
      .select({ version: modelAliases.version })
      .from(modelAliases)
      .where(this.is(model, alias));
    await this.work.tx
      .insert(modelAliases)
      .values({ modelId: model.id, alias, version: to })
      .onConflictDoUpdate({ target: [modelAliases.modelId, modelAliases.alias], set: { version: to } });
    return before?.version;
  }

  async remove(model: HeldModel, alias: string): Promise<number | undefined> {
    const [removed] = await this.work.tx
      .delete(modelAliases)
      .where(this.is(model, alias))
      .returning({ version: modelAliases.version });
    return removed?.version;
  }

  async resolve(model: string, alias: string): Promise<number> {
    const [found] = await this.work.db
      .select({ version: modelAliases.version })
      .from(models)
      .leftJoin(modelAliases, and(eq(modelAliases.modelId, models.id), eq(modelAliases.alias, alias)))
      .where(eq(models.name, model));
    if (found === undefined) throw notFound(`model '${model}'`);
    if (found.version === null) throw notFound(`alias '${alias}' of model '${model}'`);
    return found.version;
  }

  private is(model: HeldModel, alias: string) {
    return and(eq(modelAliases.modelId, model.id), eq(modelAliases.alias, alias));
  }
}
