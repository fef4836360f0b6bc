import { AppError } from '@modelyard/platform-errors';
import type { FastifyReply } from 'fastify';

/** Aborts when the client has gone, so that nobody works for it. */
export function abortWhenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) return;
    gone.abort(new AppError('DEADLINE_EXCEEDED', 'The client went away before its answer was ready.'));
  });
  return gone.signal;
}
