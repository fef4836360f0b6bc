import type { IncomingHttpHeaders } from 'node:http';
import type { GatewayConfig } from '../gateway.config';
import type { UpstreamName } from '../proxy/upstreams';

/** What a request may take. */
export interface RouteLimits {
  /** Bytes of the body. */
  bodyBytes: number;
  /** Milliseconds from the end of the body to the beginning of the answer. */
  answerMs: number;
}

interface AskedFor {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

const UPLOADS = /^\/api\/v1\/uploads(?:\/|$)/;
const DATASETS = /^\/api\/v1\/datasets(?:\/|$)/;
/** As long as the registry lets a client wait for an import. */
const MAX_WAIT_SECONDS = 300;

/**
 * Files of datasets may be large, and go on to the registry as they come: by tus, or as a form. What is made of them takes
 * a while to begin with, and `Prefer: wait=60` asks for an answer that comes late on purpose.
 */
export function limitsFor(
  upstream: UpstreamName,
  { method, path, headers }: AskedFor,
  config: GatewayConfig,
): RouteLimits {
  const answerMs = config.upstreamTimeoutMs;
  if (upstream === 'inference') return { bodyBytes: config.maxPredictBodyBytes, answerMs };
  const ofDatasets = DATASETS.test(path);
  const form = ofDatasets && method === 'POST' && isForm(headers['content-type']);
  const upload = form || UPLOADS.test(path);
  return {
    bodyBytes: upload ? Math.max(config.maxUploadBytes, config.maxBodyBytes) : config.maxBodyBytes,
    answerMs:
      (upload || ofDatasets ? Math.max(config.upstreamIdleMs, answerMs) : answerMs) + waitOf(headers.prefer),
  };
}

function isForm(contentType: string | undefined): boolean {
  return /^\s*multipart\/form-data\s*(?:;|$)/i.test(contentType ?? '');
}

/** Milliseconds of `Prefer: respond-async, wait=10` (RFC 7240, section 4.3). */
function waitOf(prefer: string | string[] | undefined): number {
  const wait = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})/i.exec(String(prefer ?? ''))?.[1];
  return wait === undefined ? 0 : Math.min(Number(wait), MAX_WAIT_SECONDS) * 1000;
}
