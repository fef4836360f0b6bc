import type { DesiredDeployment } from '@modelyard/contracts';
import { Logger } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import { contentKey, ModelCache } from '../models/model-cache';
import { DeploymentTable } from './deployment-table';
import type { ServedDeployment } from './deployment-table';
import { LoadRetries } from './load-retries';
import { StatusReports } from './status-reports';

/**
 * Brings what is loaded to what is desired. A new version is loaded, verified and warm before the switch; the old
 * one leaves memory when its last request ended. A version that fails to load changes nothing but the status.
 */
@Injectable()
export class ReconcileDeployments {
  private readonly retries = new LoadRetries();

  constructor(
    private readonly table: DeploymentTable,
    private readonly models: ModelCache,
    private readonly reports: StatusReports,
    private readonly logger: Logger,
  ) {}

  /**
   * May be repeated with the same state at any time: what is served already is left alone, what failed is tried again
   * when its pause is over. Loads run one after another, so that memory holds one model more than needed at most.
   *
   * @param latest tells, before each load and after it, what is desired by then
   */
  async execute(latest: () => readonly DesiredDeployment[]): Promise<void> {
    this.follow(latest());
    for (const { name } of latest()) {
      const desired = latest().find((candidate) => candidate.name === name);
      if (desired !== undefined) await this.bringUp(desired, latest);
    }
    this.models.sweep();
  }

  /** What takes effect at once: removals, new names, and which deployment is the default. */
  private follow(desired: readonly DesiredDeployment[]): void {
    const names = new Set(desired.map(({ name }) => name));
    for (const { name } of [...this.table.all()]) {
      if (names.has(name)) continue;
      this.table.remove(name);
      this.reports.drop(name);
      this.retries.forget(name);
      this.logger.info({ deployment: name }, 'deployment removed');
    }
    for (const { name, revision, isDefault } of desired) {
      const served = this.table.get(name) ?? this.table.add(name, revision, isDefault);
      served.isDefault = isDefault;
    }
  }

  private async bringUp(
    desired: DesiredDeployment,
    latest: () => readonly DesiredDeployment[],
  ): Promise<void> {
    const served = this.table.get(desired.name);
    if (served === undefined) return;
    if (isServed(served, desired)) return;
    if (!this.retries.due(desired)) return;
    if (served.revision !== desired.revision || served.state === 'pending') {
      this.setState(served, desired.revision, 'loading');
    }
    try {
      const model = await this.models.obtain(desired);
      if (isOutdated(desired, latest())) {
        model.release();
        return;
      }
      this.table.switchTo(served, model, contentKey(desired));
      this.retries.forget(desired.name);
      this.setState(served, desired.revision, 'ready');
      this.logger.info(
        { deployment: desired.name, revision: desired.revision, model: model.label },
        'now serving',
      );
    } catch (error) {
      this.retries.failed(desired);
      const message = error instanceof Error ? error.message : String(error);
      this.logger.error(
        { err: error, deployment: desired.name, revision: desired.revision },
        'version failed to load',
      );
      this.setState(served, desired.revision, 'failed', message);
    }
  }

  private setState(
    served: ServedDeployment,
    revision: number,
    state: ServedDeployment['state'],
    message?: string,
  ): void {
    const same = served.revision === revision && served.state === state && served.message === message;
    served.revision = revision;
    served.state = state;
    if (message === undefined) delete served.message;
    else served.message = message;
    if (!same) this.reports.add(served);
  }
}

/** A deployment that was deleted and made again under its name begins with the first revision too; so content counts. */
function isServed(served: ServedDeployment, desired: DesiredDeployment): boolean {
  return (
    served.revision === desired.revision && served.state === 'ready' && served.content === contentKey(desired)
  );
}

function isOutdated(loaded: DesiredDeployment, latest: readonly DesiredDeployment[]): boolean {
  return !latest.some(
    (wanted) =>
      wanted.name === loaded.name &&
      wanted.revision === loaded.revision &&
      contentKey(wanted) === contentKey(loaded),
  );
}
