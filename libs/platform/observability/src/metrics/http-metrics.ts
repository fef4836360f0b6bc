import { Injectable } from '@nestjs/common';
import type { Counter, Gauge, Histogram } from 'prom-client';
import { Metrics } from './metrics';

/** The label of requests that no route took: their URLs are the client's invention, and must not become labels. */
export const UNMATCHED_ROUTE = 'unmatched';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What every service counts about the requests that it answers. */
@Injectable()
export class HttpMetrics {
  private readonly requests: Counter<'method' | 'route' | 'status'>;
  private readonly active: Gauge;
  private readonly duration: Histogram<'method' | 'route'>;

  constructor(metrics: Metrics) {
    this.requests = metrics.counter({
      name: 'api_requests_total',
      help: 'Requests answered, by method, route pattern and status.',
      labelNames: ['method', 'route', 'status'],
    });
    this.active = metrics.gauge({ name: 'active_requests', help: 'Requests being answered now.' });
    this.duration = metrics.histogram({
      name: 'modelyard_request_duration_seconds',
      help: 'From the request to the end of its answer, by method and route pattern.',
      labelNames: ['method', 'route'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
  }

  started(): void {
    this.active.inc();
  }

  /** @param route the route's pattern (`/models/:name`), or undefined when none matched */
  finished(request: { method: string; route: string | undefined; status: number; seconds: number }): void {
    const method = METHODS.has(request.method) ? request.method : 'other';
    const route = request.route ?? UNMATCHED_ROUTE;
    this.active.dec();
    this.requests.inc({ method, route, status: String(request.status) });
    this.duration.observe({ method, route }, request.seconds);
  }
}
