import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Tracing } from './tracing';

const EXPORT_TIMEOUT_MS = 5_000;
/** Probes and scrapes come every few seconds and say nothing. */
const UNTRACED = /^\/(health|metrics)(\/|\?|$)/;

/** Loads and starts OpenTelemetry's SDK. Only `startTracing` calls it, and only when there is an endpoint. */
export function openOtlpTracing(options: { service: string; endpoint: string }): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service, 'service.namespace': 'modelyard' }),
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
  });
  provider.register();
  const unregister = registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: (request) => UNTRACED.test(request.url ?? '') }),
      new UndiciInstrumentation(),
    ],
  });
  // Core modules are instrumented when they are next required; by now everyone has required them.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  for (const name of ['node:http', 'node:https']) require(name);
  return {
    fields: () => {
      const context = trace.getActiveSpan()?.spanContext();
      return context === undefined ? {} : { traceId: context.traceId, spanId: context.spanId };
    },
    nameRoute: (method, route) => {
      trace.getActiveSpan()?.updateName(`${method} ${route}`).setAttribute('http.route', route);
    },
    stop: async () => {
      unregister();
      await provider.shutdown().catch(() => undefined); // a collector that is away must not fail the shutdown
      trace.disable();
    },
  };
}
