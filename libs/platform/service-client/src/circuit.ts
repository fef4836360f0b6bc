import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { CircuitBreakerPolicy } from 'cockatiel';
import type { Logger } from '@modelyard/platform-observability';
import { TransportError } from './transport-error';

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 1_000;

/** Keeps calls away from a service that has not answered five times running, but for one try each second. */
export class Circuit {
  private readonly breaker: CircuitBreakerPolicy;

  constructor(service: string, logger: Logger | undefined) {
    this.breaker = circuitBreaker(
      handleWhen((error) => error instanceof TransportError),
      { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
    );
    let isOpen = false;
    this.breaker.onBreak(() => {
      // It breaks again after each try that failed: said once, not each second for as long as the service is away.
      if (!isOpen)
        logger?.warn({ target: service }, 'the service does not answer; calls fail at once for now');
      isOpen = true;
    });
    this.breaker.onReset(() => {
      isOpen = false;
      logger?.info({ target: service }, 'the service answers again');
    });
  }

  /** @throws TransportError `never-arrived` when the circuit is open; what `send` throws otherwise */
  async run<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await this.breaker.execute(send);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? new TransportError('never-arrived', error) : error;
    }
  }
}
