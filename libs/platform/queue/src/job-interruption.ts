/**
 * - `cancelled`: somebody does not want the job any more; it fails for good
 * - `shutdown`: this process stops; the job goes back to the queue, and no attempt is counted
 * - `lock-lost`: the queue takes this process for dead, and may have given the job to another already
 */
export type InterruptionKind = 'cancelled' | 'shutdown' | 'lock-lost';

/** What `signal.reason` is when a running job has to end early. */
export class JobInterruption extends Error {
  override readonly name = 'JobInterruption';

  constructor(
    readonly kind: InterruptionKind,
    detail: string,
  ) {
    super(detail);
  }
}
