import type * as Sdk from './otlp-tracing';

/** What the rest of the process may ask of tracing. Without an endpoint none of it does anything. */
export interface Tracing {
  /** `traceId` and `spanId` of the present span, for log lines. */
  fields(): { traceId?: string; spanId?: string };
  /** Names the present span after its route, once that is known. */
  nameRoute(method: string, route: string): void;
  stop(): Promise<void>;
}

let active: Tracing | undefined;

/**
 * Starts sending traces of incoming and outgoing HTTP by OTLP over HTTP to `<endpoint>/v1/traces`. Call it before
 * the server is created. Without an endpoint it loads nothing of OpenTelemetry and does nothing.
 *
 * @returns stops tracing, after what was recorded has been sent (or could not be within a few seconds)
 */
// eslint-disable-next-line @typescript-eslint/require-await -- callers wait, so that loading may become asynchronous
export async function startTracing(options: {
  service: string;
  endpoint?: string;
}): Promise<() => Promise<void>> {
  if (options.endpoint === undefined || active !== undefined) return () => Promise.resolve();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the SDK is some 20 MB that most installations do not want
  const { openOtlpTracing } = require('./otlp-tracing') as typeof Sdk;
  const tracing = openOtlpTracing({ service: options.service, endpoint: options.endpoint });
  active = tracing;
  return async () => {
    active = undefined;
    await tracing.stop();
  };
}

export function traceFields(): { traceId?: string; spanId?: string } {
  return active?.fields() ?? {};
}

/** Names the present request's span by its route pattern: spans by URL could not be grouped. */
export function nameSpan(method: string, route: string): void {
  active?.nameRoute(method, route);
}
