import type { Caller, ServiceName } from '@modelyard/contracts';
import type { CallerTokens } from '@modelyard/platform-access';
import type { Logger } from '@modelyard/platform-observability';

export interface ServiceClientOptions {
  /** The service that is called; for tokens, errors and logs. */
  service: ServiceName;
  baseUrl: string;
  tokens: CallerTokens;
  /** The service that calls. */
  self: ServiceName;
  /** For one try, from sending to the end of the answer; 10,000 by default. */
  timeoutMs?: number;
  logger?: Logger;
  /** Between 0 and 1; spreads the waits between tries. `Math.random` by default. */
  random?: () => number;
}

/**
 * When to try again. Tries that never reached the service (refused connections, open circuit) may always be repeated.
 * - `safe`: those, and for GET also broken connections, time-outs and 502, 503 and 504; three tries in all
 * - `never`: one try
 * - `forMs`: all of these, whatever the method, for so long. For calls that change nothing the second time.
 */
export type Retry = 'safe' | 'never' | { forMs: number };

export interface ServiceRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash; parts that come from outside must be encoded (`encodeURIComponent`). */
  path: string;
  query?: Record<string, string | number | undefined>;
  /** Sent as JSON; a Buffer is sent as it is, with the content type given in `headers`. */
  body?: unknown;
  headers?: Record<string, string>;
  /** For one try; the client's by default. */
  timeoutMs?: number;
  /** `safe` by default. */
  retry?: Retry;
  /** On whose behalf; the calling service itself by default. */
  caller?: Caller;
  signal?: AbortSignal;
}

export interface ServiceResponse<T> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Parsed JSON; text where the answer is not JSON; undefined where there is none. */
  body: T;
}
