import { Injectable } from '@nestjs/common';
import { Logger } from '../logging/logger';
import type { DependencyHealth, HealthCheck, HealthReport } from './health-check';

/** A check that has not answered by then counts as down. */
const CHECK_TIMEOUT_MS = 2_000;

/** Knows whether the service is well: its dependencies, and whether it has started and is not stopping. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();
  private readonly conditions = new Map<string, () => boolean>();
  private readonly down = new Set<string>();
  private started = false;
  private pending: Promise<HealthReport> | undefined;

  constructor(
    private readonly service: string,
    private readonly logger: Logger,
  ) {}

  /** Adds a dependency; one of the same name is replaced. */
  add(check: HealthCheck): void {
    this.checks.set(check.name, check);
  }

  /** Adds a condition without which the service is alive but not ready: `addReadiness('models loaded', () => …)`. */
  addReadiness(name: string, isMet: () => boolean): void {
    this.conditions.set(name, isMet);
  }

  /** Whether the service has started and is not stopping. */
  setReady(ready: boolean): void {
    this.started = ready;
  }

  /** Asks all dependencies at once. Callers that come while it asks share the answer, so that probes cannot pile up. */
  report(): Promise<HealthReport> {
    this.pending ??= this.ask().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async ask(): Promise<HealthReport> {
    const checks = [...this.checks.values()];
    const states = await Promise.all(checks.map((check) => this.askOne(check)));
    const dependencies = Object.fromEntries(
      checks.map((check, i) => [check.name, states[i] as DependencyHealth]),
    );
    const down = checks.filter(({ name }) => dependencies[name]?.status === 'down');
    const failing = down.filter(({ required }) => required !== false).map(({ name }) => name);
    const unmet = [...this.conditions].filter(([, isMet]) => !isMet()).map(([name]) => name);
    const notReadyBecause = [
      ...(this.started ? [] : ['starting or stopping']),
      ...failing.map((name) => `${name} is down`),
      ...unmet,
    ];
    return {
      status: failing.length > 0 ? 'unavailable' : down.length > 0 ? 'degraded' : 'ok',
      service: this.service,
      uptimeSeconds: Math.round(process.uptime()),
      ready: notReadyBecause.length === 0,
      notReadyBecause,
      dependencies,
    };
  }

  private async askOne(check: HealthCheck): Promise<DependencyHealth> {
    const start = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no answer in ${String(CHECK_TIMEOUT_MS)} ms`)),
        CHECK_TIMEOUT_MS,
      );
    });
    try {
      await Promise.race([check.check(), timeout]);
      this.noteUp(check.name);
      return { status: 'up', latencyMs: since(start) };
    } catch (error) {
      this.noteDown(check.name, error);
      return { status: 'down', latencyMs: since(start) };
    } finally {
      clearTimeout(timer);
    }
  }

  /** The reason goes to the log alone, once for each time that it goes down: `/health` is public. */
  private noteDown(name: string, error: unknown): void {
    if (this.down.has(name)) return;
    this.down.add(name);
    this.logger.warn({ dependency: name, err: error }, 'a dependency is down');
  }

  private noteUp(name: string): void {
    if (this.down.delete(name)) this.logger.info({ dependency: name }, 'a dependency is up again');
  }
}

function since(start: number): number {
  return Math.round((performance.now() - start) * 10) / 10;
}
