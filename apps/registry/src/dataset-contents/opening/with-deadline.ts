import type { TableEngine } from '@modelyard/ml-tables';
import { AppError } from '@modelyard/platform-errors';

/** How often a work that is too late is told so: it may stand between two statements at one moment. */
const REPEAT_MS = 100;

export interface Deadline {
  milliseconds: number;
  /** Ends the work early, because nobody waits for it any more. */
  signal?: AbortSignal;
}

/**
 * Asks an engine, and breaks off what takes too long.
 * @throws AppError DEADLINE_EXCEEDED
 */
export async function withDeadline<T>(
  engine: Pick<TableEngine, 'interrupt'>,
  { milliseconds, signal }: Deadline,
  ask: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  let late = false;
  let repeat: NodeJS.Timeout | undefined;
  const stop = (): void => {
    engine.interrupt();
    repeat ??= setInterval(() => engine.interrupt(), REPEAT_MS);
  };
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, milliseconds);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await ask();
  } catch (cause) {
    signal?.throwIfAborted();
    if (!late) throw cause;
    throw new AppError(
      'DEADLINE_EXCEEDED',
      `It took longer than ${milliseconds / 1000} s. Ask for less: fewer columns, a narrower filter, no total.`,
      { cause },
    );
  } finally {
    clearTimeout(timer);
    clearInterval(repeat);
    signal?.removeEventListener('abort', stop);
  }
}
