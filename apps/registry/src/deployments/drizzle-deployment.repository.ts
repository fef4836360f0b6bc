import type { Deployment, DeploymentTarget, Page } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { deployments, deploymentStatuses, models } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { alreadyExists, notFound } from '../naming/not-found';
import { Tagged } from '../preconditions/tagged';
import { Clock } from '../sources/clock';
import { deploymentColumns, toDeployment, toHeld } from './deployment-rows';
import type { HeldDeployment, ResolvedTarget } from './deployment.repository';
import { DeploymentRepository } from './deployment.repository';
import { resolveTarget, targetNotFound } from './resolve-target';

const LIVE = isNull(deployments.deletedAt);
/** The advisory lock under which the default deployment is chosen: a row that is not there yet cannot be locked. */
const DEFAULT_LOCK = sql`pg_advisory_xact_lock(hashtext('modelyard.default-deployment'))`;

@Injectable()
export class DrizzleDeploymentRepository extends DeploymentRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(page: PageRequest): Promise<Page<Deployment>> {
    const keyset = new Keyset('deployments', [{ expression: deployments.name, direction: 'asc' }]);
    const rows = await this.select()
      .where(and(LIVE, keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.name], toDeployment);
  }

  async require(name: string): Promise<Tagged<Deployment>> {
    const [row] = await this.select().where(and(eq(deployments.name, name), LIVE));
    if (row === undefined) throw notFound(`deployment '${name}'`);
    return new Tagged(toDeployment(row), row.revision);
  }

  async hold(name: string): Promise<HeldDeployment> {
    const [row] = await this.select()
      .where(and(eq(deployments.name, name), LIVE))
      .for('update', { of: deployments });
    if (row === undefined) throw notFound(`deployment '${name}'`);
    return toHeld(row);
  }

  async holdServing(modelId: number): Promise<HeldDeployment[]> {
    const rows = await this.select()
      .where(and(eq(deployments.modelId, modelId), LIVE))
      .orderBy(asc(deployments.name))
      .for('update', { of: deployments });
    return rows.map(toHeld);
  }

  async namesServing(modelId: number, version?: number): Promise<string[]> {
    const rows = await this.work.db
      .select({ name: deployments.name })
      .from(deployments)
      .where(
        and(
          eq(deployments.modelId, modelId),
          LIVE,
          version === undefined ? undefined : eq(deployments.desiredVersion, version),
        ),
      )
      .orderBy(asc(deployments.name));
    return rows.map((row) => row.name);
  }

  resolveIfAny(target: DeploymentTarget): Promise<ResolvedTarget | undefined> {
    return resolveTarget(this.work.db, target);
  }

  async resolve(target: DeploymentTarget): Promise<ResolvedTarget> {
    const resolved = await this.resolveIfAny(target);
    if (resolved !== undefined) return resolved;
    const [model] = await this.work.db
      .select({ id: models.id })
      .from(models)
      .where(eq(models.name, target.model));
    throw targetNotFound(target, model !== undefined);
  }

  async create(name: string, { target, modelId, desired }: ResolvedTarget): Promise<number> {
    const now = this.clock.now();
    const state = {
      target,
      modelId,
      desiredVersion: desired.version,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    const [row] = await this.work.tx
      .insert(deployments)
      .values({ name, ...state, revision: 1 })
      .onConflictDoUpdate({
        target: deployments.name,
        set: { ...state, revision: sql`${deployments.revision} + 1` },
        setWhere: isNotNull(deployments.deletedAt),
      })
      .returning({ revision: deployments.revision });
    if (row === undefined) throw alreadyExists(`deployment '${name}'`);
    return row.revision;
  }

  async advance(name: string, { target, modelId, desired }: ResolvedTarget): Promise<number> {
    const [row] = await this.work.tx
      .update(deployments)
      .set({
        target,
        modelId,
        desiredVersion: desired.version,
        revision: sql`${deployments.revision} + 1`,
        updatedAt: this.clock.now(),
      })
      .where(eq(deployments.name, name))
      .returning({ revision: deployments.revision });
    if (row === undefined) throw notFound(`deployment '${name}'`);
    return row.revision;
  }

  async makeDefault(name: string, mode: 'always' | 'ifNone'): Promise<void> {
    await this.work.tx.execute(sql`select ${DEFAULT_LOCK}`);
    if (mode === 'ifNone') {
      const [present] = await this.work.tx.select().from(deployments).where(eq(deployments.isDefault, true));
      if (present !== undefined) return;
    }
    const changed = { updatedAt: this.clock.now() };
    await this.work.tx
      .update(deployments)
      .set({ ...changed, isDefault: false })
      .where(eq(deployments.isDefault, true));
    await this.work.tx
      .update(deployments)
      .set({ ...changed, isDefault: true })
      .where(eq(deployments.name, name));
  }

  async delete(name: string): Promise<void> {
    await this.work.tx
      .update(deployments)
      .set({ deletedAt: this.clock.now(), isDefault: false, modelId: null })
      .where(eq(deployments.name, name));
    await this.work.tx.delete(deploymentStatuses).where(eq(deploymentStatuses.deployment, name));
  }

  private select() {
    return this.work.db
      .select(deploymentColumns)
      .from(deployments)
      .innerJoin(models, eq(models.id, deployments.modelId))
      .$dynamic();
  }
}
