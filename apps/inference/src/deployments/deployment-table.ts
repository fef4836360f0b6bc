import type { DeploymentState } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import type { LoadedModel } from '../models/loaded-model';

/** What this replica knows of one deployment. `model` is what answers now, perhaps of an older revision. */
export interface ServedDeployment {
  name: string;
  revision: number;
  isDefault: boolean;
  state: DeploymentState;
  model?: LoadedModel;
  /** Which content `model` came from. */
  content?: string;
  message?: string;
}

/** A deployment's model, held while one request runs on it. */
export interface Lease {
  deployment: string;
  model: LoadedModel;
  release(): void;
}

/** Which model answers for which deployment. Reads are one map look-up; a switch is one assignment. */
@Injectable()
export class DeploymentTable {
  private readonly served = new Map<string, ServedDeployment>();
  private reconciled = false;

  get(name: string): ServedDeployment | undefined {
    return this.served.get(name);
  }

  all(): Iterable<ServedDeployment> {
    return this.served.values();
  }

  /** From now on an unknown name is unknown, and not perhaps yet to come. */
  markReconciled(): void {
    this.reconciled = true;
  }

  add(name: string, revision: number, isDefault: boolean): ServedDeployment {
    const deployment: ServedDeployment = { name, revision, isDefault, state: 'pending' };
    this.served.set(name, deployment);
    return deployment;
  }

  /** Takes over the hold on `model`, and lets go of the one before: it unloads when its last request ends. */
  switchTo(deployment: ServedDeployment, model: LoadedModel, content: string): void {
    const before = deployment.model;
    deployment.model = model;
    deployment.content = content;
    before?.release();
  }

  remove(name: string): void {
    const deployment = this.served.get(name);
    this.served.delete(name);
    deployment?.model?.release();
  }

  /**
   * Holds the model that serves `name`, or the default deployment's without a name.
   * @throws AppError NOT_FOUND for an unknown deployment, NOT_READY while nothing is loaded for it
   */
  lease(name?: string): Lease {
    const deployment = name === undefined ? this.findDefault() : this.served.get(name);
    if (deployment === undefined) throw this.unknown(name);
    const { model } = deployment;
    if (model === undefined) throw notLoaded(deployment);
    model.hold();
    return { deployment: deployment.name, model, release: () => model.release() };
  }

  private findDefault(): ServedDeployment | undefined {
    for (const deployment of this.served.values()) if (deployment.isDefault) return deployment;
    return undefined;
  }

  private unknown(name: string | undefined): AppError {
    if (!this.reconciled) {
      return new AppError('NOT_READY', 'The deployments are not known yet: this replica has just started.', {
        retryAfterSeconds: 1,
      });
    }
    return name === undefined
      ? new AppError(
          'NOT_FOUND',
          'There is no default deployment. Create one with "isDefault": true, or name one in the path.',
        )
      : new AppError('NOT_FOUND', `There is no deployment "${name}".`);
  }
}

function notLoaded({ name, state, message }: ServedDeployment): AppError {
  const why =
    state === 'failed'
      ? `its version could not be loaded: ${message ?? 'unknown reason'}`
      : 'it is still loading';
  return new AppError('NOT_READY', `Deployment "${name}" cannot answer: ${why}.`, {
    retryAfterSeconds: state === 'failed' ? 10 : 1,
  });
}
