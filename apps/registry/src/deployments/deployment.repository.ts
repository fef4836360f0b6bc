import type { Deployment, DeploymentTarget, Page } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';
import type { Tagged } from '../preconditions/tagged';

/** A deployment that the transaction holds: nobody else changes it until the end. */
export interface HeldDeployment {
  name: string;
  target: DeploymentTarget;
  revision: number;
  desired: { model: string; version: number };
  isDefault: boolean;
}

/** A target with the version that it means now. */
export interface ResolvedTarget {
  target: DeploymentTarget;
  modelId: number;
  desired: { model: string; version: number };
}

/** Desired state of what is served. */
export abstract class DeploymentRepository {
  /** By name. */
  abstract list(page: PageRequest): Promise<Page<Deployment>>;
  /** @throws AppError NOT_FOUND */
  abstract require(name: string): Promise<Tagged<Deployment>>;
  /** @throws AppError NOT_FOUND */
  abstract hold(name: string): Promise<HeldDeployment>;
  /** The deployments that serve a model, held, by name. */
  abstract holdServing(modelId: number): Promise<HeldDeployment[]>;
  abstract namesServing(modelId: number, version?: number): Promise<string[]>;
  /** What `target` means now. The model must be held. @throws AppError NOT_FOUND naming what does not exist */
  abstract resolve(target: DeploymentTarget): Promise<ResolvedTarget>;
  /** Like `resolve`, but undefined while the stage or the alias is empty. */
  abstract resolveIfAny(target: DeploymentTarget): Promise<ResolvedTarget | undefined>;
  /**
   * Makes the deployment, with its first revision, or the next one if the name existed before.
   * @throws AppError ALREADY_EXISTS
   */
  abstract create(name: string, resolved: ResolvedTarget): Promise<number>;
  /** Moves a held deployment on. @returns the new revision */
  abstract advance(name: string, resolved: ResolvedTarget): Promise<number>;
  /** Makes `name` the one default deployment; only the first one ever made becomes it with `ifNone`. */
  abstract makeDefault(name: string, mode: 'always' | 'ifNone'): Promise<void>;
  abstract delete(name: string): Promise<void>;
}
