import type { DeploymentRevision, Page } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { deploymentRevisions, deployments } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock } from '../sources/clock';
import { toRevision } from './deployment-rows';
import type { HeldDeployment } from './deployment.repository';
import { RevisionRepository } from './revision.repository';

@Injectable()
export class DrizzleRevisionRepository extends RevisionRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async add(name: string, revision: Omit<DeploymentRevision, 'createdAt'>): Promise<void> {
    await this.work.tx
      .insert(deploymentRevisions)
      .values({ deployment: name, ...revision, createdAt: this.clock.now() });
  }

  async list(name: string, page: PageRequest): Promise<Page<DeploymentRevision>> {
    await this.requireDeployment(name);
    const keyset = new Keyset(`revisions ${name}`, [
      { expression: deploymentRevisions.revision, direction: 'desc', type: 'integer' },
    ]);
    const rows = await this.work.db
      .select()
      .from(deploymentRevisions)
      .where(and(eq(deploymentRevisions.deployment, name), keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.revision], toRevision);
  }

  async find(name: string, revision: number): Promise<DeploymentRevision | undefined> {
    const [row] = await this.work.db
      .select()
      .from(deploymentRevisions)
      .where(and(eq(deploymentRevisions.deployment, name), eq(deploymentRevisions.revision, revision)));
    return row === undefined ? undefined : toRevision(row);
  }

  async findPrevious({ name, revision, desired }: HeldDeployment): Promise<DeploymentRevision | undefined> {
    const [row] = await this.work.db
      .select()
      .from(deploymentRevisions)
      .where(
        and(
          eq(deploymentRevisions.deployment, name),
          lt(deploymentRevisions.revision, revision),
          sql`${deploymentRevisions.desired} <> ${JSON.stringify(desired)}::jsonb`,
        ),
      )
      .orderBy(desc(deploymentRevisions.revision))
      .limit(1);
    return row === undefined ? undefined : toRevision(row);
  }

  private async requireDeployment(name: string): Promise<void> {
    const [row] = await this.work.db
      .select({ name: deployments.name })
      .from(deployments)
      .where(and(eq(deployments.name, name), isNull(deployments.deletedAt)));
    if (row === undefined) throw notFound(`deployment '${name}'`);
  }
}
