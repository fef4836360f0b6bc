import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { HEADERS } from '@modelyard/contracts';
import { HOP_BY_HOP, namedByConnection } from './hop-by-hop';

type OwnHeader = string | number | string[] | undefined;

/** What a service says of itself is not for clients. */
const NOT_RETURNED: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'server',
  'x-powered-by',
  HEADERS.internalToken,
]);

/**
 * The headers that go back to the client: the service's, and over them our own (security, CORS, rate, request id).
 * @param own as the gateway has set them on its reply
 */
export function responseHeaders(
  upstream: IncomingHttpHeaders,
  own: Readonly<Record<string, OwnHeader>>,
): OutgoingHttpHeaders {
  const named = namedByConnection(upstream.connection);
  const result: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(upstream)) {
    if (value !== undefined && !NOT_RETURNED.has(name) && !named.has(name)) result[name] = value;
  }
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined) result[name] = name === 'vary' ? joinVary(result[name], value) : value;
  }
  return result;
}

/** Both may vary: the service by Accept, CORS by Origin. */
function joinVary(...values: OwnHeader[]): string {
  const names = values.flatMap((value) => (value === undefined ? [] : String(value).split(',')));
  return [...new Set(names.map((name) => name.trim()))].join(', ');
}
