import type { DesiredDeployment } from '@modelyard/contracts';
import { HealthRegistry, Logger } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { InferenceConfig } from '../inference.config';
import { DeploymentTable } from './deployment-table';
import { DesiredDeploymentsSource } from './desired-deployments';
import { ReconcileDeployments } from './reconcile-deployments';
import { StatusReports } from './status-reports';

/**
 * Asks the registry every second what to serve, and has it done. While the registry is away, the last answer holds.
 * Looking and loading are two loops: a model that takes a minute to load does not hide a change of mind.
 */
@Injectable()
export class PollDeployments implements OnApplicationBootstrap, OnApplicationShutdown {
  private desired: readonly DesiredDeployment[] = [];
  private etag: string | undefined;
  private reconciling: Promise<void> | undefined;
  private ready = false;
  private failures = 0;
  private wake: () => void = () => undefined;
  private looping: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly source: DesiredDeploymentsSource,
    private readonly reconcile: ReconcileDeployments,
    private readonly reports: StatusReports,
    private readonly table: DeploymentTable,
    private readonly config: InferenceConfig,
    private readonly health: HealthRegistry,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.health.add({ name: 'registry', required: false, check: () => this.checkRegistry() });
    this.health.addReadiness('the deployments are not loaded yet', () => this.ready);
    this.looping = this.loop();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.nudge();
    await this.looping;
    await this.reconciling;
    for (const { name } of [...this.table.all()]) this.table.remove(name);
  }

  /** Looks at once instead of at the next tick. */
  nudge(): void {
    this.wake();
  }

  /** What the last look found: a probe need not ask again. */
  private checkRegistry(): Promise<void> {
    return this.failures === 0
      ? Promise.resolve()
      : Promise.reject(new Error('the last poll was not answered'));
  }

  private async loop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.look();
      await this.pause();
    }
  }

  private async look(): Promise<void> {
    try {
      const answer = await this.source.fetch(this.etag);
      if (answer !== undefined) {
        this.etag = answer.etag;
        this.desired = answer.deployments;
      }
      if (this.failures > 0) this.logger.info({}, 'the registry answers again');
      this.failures = 0;
      // Once a state is known, loads are tried again (when their pause is over) and reports sent again with every look.
      this.startReconciling();
      void this.reports.flush();
    } catch (error) {
      this.failures += 1;
      if (this.failures === 1)
        this.logger.warn({ err: error }, 'the registry does not answer; serving what is loaded');
    }
  }

  private startReconciling(): void {
    this.reconciling ??= this.reconcile
      .execute(() => (this.stopping.signal.aborted ? [] : this.desired))
      .then(() => this.becomeReady())
      .catch((error: unknown) => this.logger.error({ err: error }, 'reconciling failed'))
      .finally(() => (this.reconciling = undefined));
  }

  private becomeReady(): void {
    if (this.ready || this.stopping.signal.aborted) return;
    this.ready = true;
    this.table.markReconciled();
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.config.pollMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
