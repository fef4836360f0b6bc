import { HEADERS } from '@modelyard/contracts';
import type { IncomingHttpHeaders } from 'node:http';

/** Longer ones are no keys of ours, and not worth hashing. */
const MAX_LENGTH = 512;

/**
 * The API key of a request: `Authorization: Bearer <key>`, `X-API-Key: <key>`, or the password of basic
 * authentication, for clients that know nothing else.
 * @returns undefined when there is none, or none that can be read
 */
export function credentialOf(headers: IncomingHttpHeaders): string | undefined {
  const key = fromAuthorization(headers.authorization) ?? headers[HEADERS.apiKey];
  return typeof key === 'string' && key.length > 0 && key.length <= MAX_LENGTH ? key : undefined;
}

function fromAuthorization(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(\w+) +([^\s]+)\s*$/.exec(header ?? '') ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? undefined : decoded.slice(colon + 1);
}
