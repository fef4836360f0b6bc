import type { Pool } from 'undici';
import { TransportError } from './transport-error';

export interface Outgoing {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | null;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

export interface Incoming {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/**
 * One try, within its time limit.
 *
 * @throws TransportError when there is no whole answer; the signal's reason when the caller gave up
 */
export async function sendOnce(pool: Pool, request: Outgoing): Promise<Incoming> {
  const { signal, timeoutMs } = request;
  signal?.throwIfAborted();
  // One controller for both reasons to end: AbortSignal.any keeps its sources alive for as long as they live.
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(new TransportError('timeout')), timeoutMs);
  const onAbort = (): void => ending.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const { method, path, headers, body } = request;
    const response = await pool.request({ method, path, headers, body, signal: ending.signal });
    return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
  } catch (error) {
    if (!ending.signal.aborted) throw TransportError.from(error);
    throw ending.signal.reason;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
