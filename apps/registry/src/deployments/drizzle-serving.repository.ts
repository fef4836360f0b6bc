import type { DeploymentStatus, DesiredDeployment } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, isNull, lt } from 'drizzle-orm';
import { deployments, deploymentStatuses, models, modelVersions } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { notFound } from '../naming/not-found';
import { Clock } from '../sources/clock';
import { ServingRepository } from './serving.repository';

const LIVE = isNull(deployments.deletedAt);
/** What a replica said so long before another spoke is never looked at again. */
const FORGOTTEN_AFTER_MS = 3_600_000;

@Injectable()
export class DrizzleServingRepository extends ServingRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  desired(): Promise<DesiredDeployment[]> {
    return this.work.db
      .select({
        name: deployments.name,
        revision: deployments.revision,
        isDefault: deployments.isDefault,
        model: models.name,
        version: modelVersions.version,
        signature: modelVersions.signature,
        package: modelVersions.package,
      })
      .from(deployments)
      .innerJoin(models, eq(models.id, deployments.modelId))
      .innerJoin(
        modelVersions,
        and(eq(modelVersions.modelId, models.id), eq(modelVersions.version, deployments.desiredVersion)),
      )
      .where(LIVE)
      .orderBy(asc(deployments.name));
  }

  async report(name: string, replica: string, status: DeploymentStatus): Promise<void> {
    const said = {
      state: status.state,
      revision: status.revision,
      serving: status.serving ?? null,
      message: status.message ?? null,
      reportedAt: this.clock.now(),
    };
    const live = this.work.db
      .select({ name: deployments.name })
      .from(deployments)
      .where(and(eq(deployments.name, name), LIVE));
    if ((await live).length === 0) throw notFound(`deployment '${name}'`);
    await this.work.db
      .insert(deploymentStatuses)
      .values({ deployment: name, replica, ...said })
      .onConflictDoUpdate({ target: [deploymentStatuses.deployment, deploymentStatuses.replica], set: said });
    const old = lt(deploymentStatuses.reportedAt, said.reportedAt - FORGOTTEN_AFTER_MS);
    await this.work.db.delete(deploymentStatuses).where(and(eq(deploymentStatuses.deployment, name), old));
  }
}
