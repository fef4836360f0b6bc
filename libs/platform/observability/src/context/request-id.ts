import { randomUUID } from 'node:crypto';
import { HEADERS } from '@modelyard/contracts';

const ACCEPTED = /^[A-Za-z0-9._-]{1,128}$/;

/** The request's own id from `X-Request-Id`, if it is safe to log and pass on, else a new UUID. */
export function requestIdOf(headers: Record<string, string | string[] | undefined>): string {
  const given = headers[HEADERS.requestId];
  return typeof given === 'string' && ACCEPTED.test(given) ? given : randomUUID();
}
