import type { DeploymentTarget } from '@modelyard/contracts';
import { and, desc, eq } from 'drizzle-orm';
import { modelAliases, models, modelVersions } from '../database/schema';
import type { UnitOfWork } from '../database/unit-of-work';
import { notFound } from '../naming/not-found';
import type { ResolvedTarget } from './deployment.repository';

/** What a target means now, or undefined while nothing stands there. */
export async function resolveTarget(
  db: UnitOfWork['db'],
  target: DeploymentTarget,
): Promise<ResolvedTarget | undefined> {
  const aliased =
    'alias' in target
      ? and(eq(modelAliases.modelId, models.id), eq(modelAliases.alias, target.alias))
      : eq(modelAliases.modelId, -1);
  const [found] = await db
    .select({ modelId: models.id, version: modelVersions.version })
    .from(models)
    .innerJoin(modelVersions, eq(modelVersions.modelId, models.id))
    .leftJoin(modelAliases, aliased)
    .where(and(eq(models.name, target.model), meant(target)))
    .orderBy(desc(modelVersions.version))
    .limit(1);
  if (found === undefined) return undefined;
  return { target, modelId: found.modelId, desired: { model: target.model, version: found.version } };
}

function meant(target: DeploymentTarget) {
  if ('alias' in target) return eq(modelVersions.version, modelAliases.version);
  if ('stage' in target) return eq(modelVersions.stage, target.stage);
  return eq(modelVersions.version, target.version);
}

export function targetNotFound(target: DeploymentTarget, modelExists: boolean): Error {
  const model = `model '${target.model}'`;
  if (!modelExists) return notFound(model, 'target.model');
  if ('alias' in target) return notFound(`alias '${target.alias}' of ${model}`, 'target.alias');
  if ('stage' in target) return notFound(`a version of ${model} in stage ${target.stage}`, 'target.stage');
  return notFound(`version ${target.version} of ${model}`, 'target.version');
}
