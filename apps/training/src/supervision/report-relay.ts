import { AppError } from '@modelyard/platform-errors';
import type { Logger } from '@modelyard/platform-observability';
import { WakeablePause } from './wakeable-pause';

export interface RelayTimes {
  /** How often the registry is asked for a wish to cancel when there is nothing to report. */
  pollMs: number;
  /** The shortest time between two reports: what comes in meanwhile shares one. */
  gapMs: number;
  /** The time before a failed report is sent again. */
  retryMs: number;
  /** How long `drain` goes on trying. */
  patienceMs: number;
}

export const RELAY_TIMES: Omit<RelayTimes, 'patienceMs'> = { pollMs: 700, gapMs: 150, retryMs: 1_000 };

export interface RelayListener {
  /** Somebody wants this work cancelled. May be called more than once. */
  cancelRequested(): void;
  /** The registry has no such running job any more: nothing that this work does is of use. */
  gone(reason: string): void;
}

/** What is to be told, and how. */
export interface Reports {
  readonly empty: boolean;
  /**
   * Tells what there is, or, with nothing to tell, asks. What did not arrive is kept, but for what the registry refuses.
   * @throws AppError as the registry's
   */
  send(): Promise<{ cancelRequested: boolean }>;
}

/** It would be refused for ever, and all later reports would wait behind it. */
export function isRefusal(error: unknown): boolean {
  const code = error instanceof AppError ? error.code : 'INTERNAL';
  return code === 'VALIDATION_FAILED' || code === 'MALFORMED_BODY' || code === 'BODY_TOO_LARGE';
}

/**
 * Carries what a child process says to the registry, in order, one call at a time, and hears there whether to go on.
 * A registry that is away costs nothing but memory: reports pile up, and are sent when it is back.
 */
export class ReportRelay {
  private readonly pause = new WakeablePause();
  private readonly ending = new WakeablePause();
  private draining = false;
  private stopped = false;
  private failingSince: number | undefined;
  private readonly running: Promise<void>;

  constructor(
    private readonly reports: Reports,
    private readonly listener: RelayListener,
    private readonly times: RelayTimes,
    private readonly logger: Logger,
  ) {
    this.running = this.run();
    // Whoever drains hears of it; nobody else has to.
    this.running.catch(() => undefined);
  }

  /** There is something to tell, or somebody may want to cancel: calls the registry now, instead of at the next poll. */
  poll(): void {
    this.pause.wake();
  }

  /**
   * Sends all that is left, and ends.
   * @throws AppError the registry's last error, when it could not be reached for `patienceMs`
   */
  async drain(): Promise<void> {
    this.draining = true;
    this.pause.wake();
    this.ending.wake();
    await this.running;
  }

  /** Ends without sending what is left. */
  stop(): void {
    this.stopped = true;
    this.pause.wake();
    this.ending.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      if (this.reports.empty) {
        if (this.draining) return;
        await this.pause.for(this.times.pollMs);
        if (this.stopped || (this.draining && this.reports.empty)) return;
      }
      const sent = await this.send();
      if (!this.draining) await this.ending.for(sent ? this.times.gapMs : this.times.retryMs);
      else if (!sent) await this.pause.for(this.times.retryMs);
    }
  }

  private async send(): Promise<boolean> {
    try {
      const answer = await this.reports.send();
      if (answer.cancelRequested) this.listener.cancelRequested();
    } catch (error) {
      return this.failed(error);
    }
    if (this.failingSince !== undefined) this.logger.info({}, 'the registry takes reports again');
    this.failingSince = undefined;
    return true;
  }

  private failed(error: unknown): boolean {
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    if (code === 'NOT_FOUND' || code === 'CONFLICT') {
      this.stopped = true;
      this.listener.gone(error instanceof Error ? error.message : code);
      return true;
    }
    if (isRefusal(error)) {
      this.logger.error({ err: error }, 'the registry refuses a report of progress; it is dropped');
      return true;
    }
    if (this.failingSince === undefined) {
      this.logger.warn({ err: error }, 'the registry does not take reports now; the work goes on');
    }
    this.failingSince ??= Date.now();
    if (this.draining && Date.now() - this.failingSince >= this.times.patienceMs) throw error;
    return false;
  }
}
