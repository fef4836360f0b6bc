import { Transform } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@modelyard/platform-errors';

/** @throws AppError BODY_TOO_LARGE when the request announces more than `limit` bytes */
export function checkContentLength(request: IncomingMessage, limit: number): void {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > limit) throw tooLarge(limit);
}

/**
 * Passes a body on as it comes, counted; it fails with BODY_TOO_LARGE when more than `limit` bytes came, and with
 * DEADLINE_EXCEEDED when none came for `idleMs`: while bytes come, it may take as long as it takes.
 * The source is not destroyed with it: the answer still has to go out on the same connection.
 */
export function countedBody(source: IncomingMessage, limit: number, idleMs: number): Transform {
  let bytes = 0;
  const idle = setTimeout(() => {
    // A service that takes nothing keeps the client from sending: that is not the client's silence.
    if (counted.writableNeedDrain) idle.refresh();
    else counted.destroy(tooSilent(idleMs));
  }, idleMs);
  idle.unref();
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      bytes += chunk.length;
      idle.refresh();
      if (bytes > limit) done(tooLarge(limit));
      else done(null, chunk);
    },
  });
  counted.once('close', () => clearTimeout(idle));
  // Whoever reads it hears of the error; without a listener, one after the end would end the process.
  counted.on('error', () => source.unpipe(counted));
  return source.pipe(counted);
}

function tooLarge(limit: number): AppError {
  return new AppError('BODY_TOO_LARGE', `The body is larger than ${limit} bytes, the most that is taken.`);
}

function tooSilent(idleMs: number): AppError {
  return new AppError('DEADLINE_EXCEEDED', `Nothing came of the body for ${idleMs / 1000} seconds.`);
}
