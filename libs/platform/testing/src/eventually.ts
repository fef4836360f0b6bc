import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for a condition instead of for a time: calls `check` until it stops throwing.
 *
 * @param check throws (a failed `expect` does) while the condition does not hold
 * @param options.timeoutMs default 10,000
 * @param options.intervalMs time between two calls, default 20
 * @param options.describe what was waited for, for the message
 * @returns what `check` returned
 * @throws Error with the last failure's message, and that failure as its cause, when the time is over
 */
export async function eventually<T>(
  check: () => Promise<T> | T,
  options: { timeoutMs?: number; intervalMs?: number; describe?: string } = {},
): Promise<T> {
  const { timeoutMs = 10_000, intervalMs = 20, describe = 'the condition' } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (cause) {
      if (performance.now() > deadline) {
        const last = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`Waited ${timeoutMs} ms for ${describe}. The last time: ${last}`, { cause });
      }
    }
    await delay(intervalMs);
  }
}
