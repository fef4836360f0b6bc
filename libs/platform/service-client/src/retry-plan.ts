import type { Retry } from './types';
import { TransportError } from './transport-error';

const SAFE_TRIES = 3;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;
const TRANSIENT_STATUSES = new Set([502, 503, 504]);

/** What came of a try: an error without an answer, or the status of a bad answer. */
export type Failure = { error: unknown } | { status: number; retryAfterSeconds: number | undefined };

/** Decides after each failed try of one request whether, and when, there is another. */
export class RetryPlan {
  private tries = 0;
  private readonly start = performance.now();

  constructor(
    private readonly method: string,
    private readonly retry: Retry,
    private readonly random: () => number,
  ) {}

  /** @returns how long to wait before the next try, in milliseconds, or undefined when there is none */
  next(failure: Failure): number | undefined {
    this.tries += 1;
    if (this.retry === 'never' || !this.mayRepeat(failure)) return undefined;
    // Full jitter: clients that failed together must not come back together.
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.tries - 1));
    const asked =
      'status' in failure ? Math.min((failure.retryAfterSeconds ?? 0) * 1000, LONGEST_WAIT_MS) : 0;
    const wait = Math.max(asked, this.random() * ceiling);
    if (this.retry === 'safe') return this.tries < SAFE_TRIES ? wait : undefined;
    return performance.now() - this.start + wait < this.retry.forMs ? wait : undefined;
  }

  private mayRepeat(failure: Failure): boolean {
    const isRepeatable = this.retry !== 'safe' || this.method === 'GET';
    if ('status' in failure) return isRepeatable && TRANSIENT_STATUSES.has(failure.status);
    if (!(failure.error instanceof TransportError)) return false;
    return isRepeatable || failure.error.kind === 'never-arrived';
  }
}
