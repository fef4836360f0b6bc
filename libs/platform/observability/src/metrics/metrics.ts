import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CounterConfiguration, GaugeConfiguration, HistogramConfiguration } from 'prom-client';

/**
 * The process's metrics. Asking for a name again gives the metric that is there already. Labels must be bounded:
 * route patterns, codes and names of ours, never a URL or an id.
 */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  readonly registry = new Registry();

  /** @param service goes on every metric as the label `service` */
  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    // prom-client samples the event loop every 10 ms unless told otherwise, which keeps an idle process awake.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 50 });
  }

  counter<L extends string>(config: CounterConfiguration<L>): Counter<L> {
    return this.find<Counter<L>>(config.name) ?? new Counter({ ...config, registers: [this.registry] });
  }

  gauge<L extends string>(config: GaugeConfiguration<L>): Gauge<L> {
    return this.find<Gauge<L>>(config.name) ?? new Gauge({ ...config, registers: [this.registry] });
  }

  /** Buckets are in the unit that the name ends with; prom-client's own are for seconds. */
  histogram<L extends string>(config: HistogramConfiguration<L>): Histogram<L> {
    return this.find<Histogram<L>>(config.name) ?? new Histogram({ ...config, registers: [this.registry] });
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }

  private find<M>(name: string): M | undefined {
    return this.registry.getSingleMetric(name) as M | undefined;
  }
}
