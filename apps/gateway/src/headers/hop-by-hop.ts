/** Headers that speak of one connection and not of the message (RFC 9110, section 7.6.1). */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What `Connection` names besides is hop-by-hop too. */
export function namedByConnection(connection: string | string[] | undefined): ReadonlySet<string> {
  if (connection === undefined) return NONE;
  const names = String(connection).toLowerCase().split(',');
  return new Set(names.map((name) => name.trim()));
}

const NONE: ReadonlySet<string> = new Set();
