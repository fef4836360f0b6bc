/** One thing that the service needs. */
export abstract class HealthCheck {
  /** As it stands in the report: `postgres`, `redis`, `artifacts`. */
  abstract readonly name: string;
  /** False for what the service can do without for a while: when it is down, that is reported, and requests still come. */
  readonly required?: boolean;
  /** @throws anything when the dependency is down */
  abstract check(): Promise<void>;
}

export interface DependencyHealth {
  status: 'up' | 'down';
  latencyMs: number;
}

export interface HealthReport {
  /** `degraded`: something is down that the service can do without for a while. */
  status: 'ok' | 'degraded' | 'unavailable';
  service: string;
  uptimeSeconds: number;
  /** Whether requests should be sent here. */
  ready: boolean;
  /** What keeps it from being ready, in a few words each. */
  notReadyBecause: string[];
  dependencies: Record<string, DependencyHealth>;
}
