import type { FastifyReply } from 'fastify';

/**
 * Lets clients keep what never changes, and answers 304 to those who have it. `latest` is another version tomorrow, so
 * that it is asked for again.
 * @returns whether the client has it already
 */
export function keepable(
  reply: FastifyReply,
  { etag, version, known }: { etag: string; version: number | 'latest'; known: string | undefined },
): boolean {
  const tag = `"${etag}"`;
  const forEver = version === 'latest' ? 'private, no-cache' : 'private, max-age=86400, immutable';
  void reply.headers({ etag: tag, 'cache-control': forEver });
  if (known !== tag) return false;
  void reply.status(304);
  return true;
}
