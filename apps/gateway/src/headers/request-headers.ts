import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { HEADERS } from '@modelyard/contracts';
import { HOP_BY_HOP, namedByConnection } from './hop-by-hop';

/** Headers that only we may say, or that a service has no business to see. */
const NOT_FORWARDED: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'authorization',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'true-client-ip',
  'via',
  'x-api-key',
  'x-client-ip',
  'x-real-ip',
  HEADERS.requestId,
]);
const NOT_FORWARDED_PREFIXES = ['x-forwarded-', 'x-modelyard-', 'x-original-', 'x-envoy-'];

export interface ForwardedRequest {
  /** The signed token that says who calls. */
  token: string;
  requestId: string;
  hasBody: boolean;
}

/** The headers that go to a service: what the client said of its message, and what we say of the client. */
export function requestHeaders(
  request: IncomingMessage,
  forwarded: ForwardedRequest,
): Record<string, string | string[]> {
  const { headers } = request;
  const named = namedByConnection(headers.connection);
  const result: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && isForwarded(name, named, forwarded.hasBody)) result[name] = value;
  }
  result[HEADERS.internalToken] = `Bearer ${forwarded.token}`;
  result[HEADERS.requestId] = forwarded.requestId;
  result['x-forwarded-for'] = request.socket.remoteAddress ?? 'unknown';
  result['x-forwarded-proto'] = 'encrypted' in request.socket ? 'https' : 'http';
  const host = hostOf(headers);
  if (host !== undefined) result['x-forwarded-host'] = host;
  return result;
}

function isForwarded(name: string, namedHopByHop: ReadonlySet<string>, hasBody: boolean): boolean {
  if (NOT_FORWARDED.has(name) || namedHopByHop.has(name)) return false;
  // A GET that announces a body gets none forwarded; its length would leave the service waiting.
  if (!hasBody && (name === 'content-length' || name === 'content-type')) return false;
  return !NOT_FORWARDED_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function hostOf(headers: IncomingHttpHeaders): string | undefined {
  return headers.host !== undefined && /^[\w.:[\]-]{1,255}$/.test(headers.host) ? headers.host : undefined;
}
