import { Injectable } from '@nestjs/common';

/**
 * Tells what runs for long that the service is stopping. Answers that never end by themselves (server-sent events)
 * end when `signal` aborts; clients come back to another replica.
 */
@Injectable()
export class Shutdown {
  private readonly controller = new AbortController();
  readonly signal: AbortSignal = this.controller.signal;

  /** Only the service itself calls it, after the drain delay. */
  begin(): void {
    this.controller.abort(new Error('the service is stopping'));
  }
}
