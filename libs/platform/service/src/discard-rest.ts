import type { IncomingMessage } from 'node:http';

const LINGER_MS = 2_000;

/**
 * Reads and drops what is left of a body that has been answered already. Closing the connection at once would reset
 * it, and a client that is still sending would see that instead of the answer. Who sends for longer is cut off.
 *
 * @param request whose answer is out, or on its way
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.unpipe();
  request.resume();
}
