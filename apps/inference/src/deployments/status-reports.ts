import type { DeploymentStatus } from '@modelyard/contracts';
import { Logger } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import { DesiredDeploymentsSource } from './desired-deployments';
import type { ServedDeployment } from './deployment-table';

/** Tells the registry what became of each deployment: the newest status of each, until it was heard. */
@Injectable()
export class StatusReports {
  private readonly waiting = new Map<string, DeploymentStatus>();
  private sending: Promise<void> | undefined;

  constructor(
    private readonly source: DesiredDeploymentsSource,
    private readonly logger: Logger,
  ) {}

  add(deployment: ServedDeployment): void {
    this.waiting.set(deployment.name, statusOf(deployment));
    void this.flush();
  }

  drop(name: string): void {
    this.waiting.delete(name);
  }

  /** Never rejects: what could not be sent is sent with the next flush. */
  flush(): Promise<void> {
    this.sending ??= this.send().finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async send(): Promise<void> {
    for (let next = first(this.waiting); next !== undefined; next = first(this.waiting)) {
      const [name, status] = next;
      try {
        await this.source.report(name, status);
      } catch (error) {
        this.logger.warn(
          { err: error, deployment: name },
          'deployment status not delivered, it will be sent again',
        );
        return;
      }
      // A newer status may have come meanwhile; it goes out in the next round.
      if (this.waiting.get(name) === status) this.waiting.delete(name);
    }
  }
}

function first<K, V>(map: Map<K, V>): [K, V] | undefined {
  for (const entry of map) return entry;
  return undefined;
}

function statusOf({ state, revision, model, message }: ServedDeployment): DeploymentStatus {
  return {
    state,
    revision,
    ...(model === undefined ? {} : { serving: { ...model.identity } }),
    ...(message === undefined ? {} : { message }),
  };
}
