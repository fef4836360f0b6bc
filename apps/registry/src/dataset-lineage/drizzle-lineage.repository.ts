import type { DatasetLineage, ModelLineage } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import type { SQL } from 'drizzle-orm';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import {
  datasetImports,
  datasets,
  datasetVersions,
  deployments,
  models,
  modelVersions,
  runs,
  trainingJobs,
} from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { describeSource } from './describe-source';
import type { TrainedVersion } from './lineage.repository';
import { LINEAGE_LIMIT, LineageRepository } from './lineage.repository';

@Injectable()
export class DrizzleLineageRepository extends LineageRepository {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async children(dataset: string, version: number): Promise<DatasetLineage['children']> {
    const rows = await this.work.db
      .select({ version: datasetVersions.version, operation: datasetVersions.parentOperation })
      .from(datasetVersions)
      .innerJoin(datasets, eq(datasets.id, datasetVersions.datasetId))
      .where(and(eq(datasets.name, dataset), eq(datasetVersions.parentVersion, version)))
      .orderBy(asc(datasetVersions.version))
      .limit(LINEAGE_LIMIT);
    return rows.map((row) => ({ version: row.version, operation: row.operation ?? 'append' }));
  }

  async ancestors(dataset: string, version: number): Promise<DatasetLineage['children']> {
    const { rows } = await this.work.db.execute<{ version: number; operation: string }>(sql`
      with recursive ancestry as (
        select v.dataset_id, v.parent_version, v.parent_operation, 1 as distance
        from dataset_versions v join datasets d on d.id = v.dataset_id
        where d.name = ${dataset} and v.version = ${version} and v.parent_version is not null
        union all
        select v.dataset_id, v.parent_version, v.parent_operation, a.distance + 1
        from ancestry a join dataset_versions v on v.dataset_id = a.dataset_id and v.version = a.parent_version
        where v.parent_version is not null and a.distance < ${LINEAGE_LIMIT}
      )
      select parent_version as version, parent_operation as operation from ancestry order by distance`);
    return rows;
  }

  async runs(dataset: string, version: number): Promise<DatasetLineage['runs']> {
    const rows = await this.work.db
      .select({ id: runs.id, name: runs.name, status: runs.status })
      .from(trainingJobs)
      .innerJoin(runs, eq(runs.id, trainingJobs.id))
      .where(and(eq(trainingJobs.datasetName, dataset), eq(trainingJobs.datasetVersion, version)))
      .orderBy(desc(trainingJobs.createdAt), asc(runs.id))
      .limit(LINEAGE_LIMIT);
    return rows.map((row) => ({ ...row, trainingJobId: row.id }));
  }

  async modelVersions(dataset: string, version: number): Promise<TrainedVersion[]> {
    const rows = await this.work.db
      .select({
        model: models.name,
        version: modelVersions.version,
        stage: modelVersions.stage,
        runId: modelVersions.runId,
      })
      .from(modelVersions)
      .innerJoin(models, eq(models.id, modelVersions.modelId))
      .where(trainedOn(dataset, version))
      .orderBy(asc(models.name), asc(modelVersions.version))
      .limit(LINEAGE_LIMIT);
    return rows.map((row) => ({ ...row, runId: row.runId ?? '' }));
  }

  async deployments(dataset: string, version: number): Promise<DatasetLineage['deployments']> {
    return this.work.db
      .select({ name: deployments.name, model: models.name, version: modelVersions.version })
      .from(deployments)
      .innerJoin(models, eq(models.id, deployments.modelId))
      .innerJoin(
        modelVersions,
        and(eq(modelVersions.modelId, models.id), eq(modelVersions.version, deployments.desiredVersion)),
      )
      .where(and(isNull(deployments.deletedAt), trainedOn(dataset, version)))
      .orderBy(asc(deployments.name))
      .limit(LINEAGE_LIMIT);
  }

  async importOf(id: string): Promise<DatasetLineage['import']> {
    const [row] = await this.work.db
      .select({ id: datasetImports.id, source: datasetImports.source })
      .from(datasetImports)
      .where(eq(datasetImports.id, id));
    return row === undefined ? undefined : { id: row.id, source: describeSource(row.source) };
  }

  async runOf(runId: string): Promise<ModelLineage['run']> {
    const [row] = await this.work.db
      .select({ id: runs.id, name: runs.name, status: runs.status, jobId: trainingJobs.id })
      .from(runs)
      .leftJoin(trainingJobs, eq(trainingJobs.id, runs.id))
      .where(eq(runs.id, runId));
    if (row === undefined) return undefined;
    const { jobId, ...run } = row;
    return jobId === null ? run : { ...run, trainingJobId: jobId };
  }

  async servedBy(model: string, version: number): Promise<{ name: string }[]> {
    return this.work.db
      .select({ name: deployments.name })
      .from(deployments)
      .innerJoin(models, eq(models.id, deployments.modelId))
      .where(
        and(isNull(deployments.deletedAt), eq(models.name, model), eq(deployments.desiredVersion, version)),
      )
      .orderBy(asc(deployments.name));
  }
}

/** By what the version says itself, and by its run: one that was registered by hand knows only that. */
function trainedOn(dataset: string, version: number): SQL {
  return sql`(
    (${modelVersions.dataset} ->> 'name' = ${dataset} and (${modelVersions.dataset} ->> 'version')::integer = ${version})
    or ${modelVersions.runId} in (
      select j.id from training_jobs j where j.dataset_name = ${dataset} and j.dataset_version = ${version})
  )`;
}
