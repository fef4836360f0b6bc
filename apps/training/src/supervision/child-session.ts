import type { ChildEnd, ChildOutcome, SupervisedChild } from './child-process';
import type { RelayListener } from './report-relay';

/** How one attempt ended, as the worker sees it. */
export type SessionEnd<Result, Failure> =
  | { kind: 'finished'; result: Result }
  | { kind: 'failed'; error: Failure; permanent: boolean }
  | { kind: 'cancelled' }
  | { kind: 'handed-back' }
  /** The registry has ended the job by another way: there is nobody to report to. */
  | { kind: 'gone'; reason: string };

interface Relay {
  poll(): void;
  drain(): Promise<void>;
  stop(): void;
}

export interface ChildSessionParts<R extends Relay, Result, Failure> {
  openRelay: (listener: RelayListener) => R;
  launch: (relay: R) => SupervisedChild<ChildOutcome<Result, Failure>>;
  /** How long the child may take to hand its work back. */
  handBackMs: number;
  /** What to say of a child that ended without a last word. */
  failureOf: (reason: string) => Failure;
}

/** What ends the work from outside, and lets nothing follow. */
type Ending<Failure> =
  | { kind: 'cancelled' }
  | { kind: 'gone'; reason: string }
  | { kind: 'failed'; error: Failure; permanent: true };

/** One attempt at one job: a child process, the relay of what it says, and what can end it from outside. */
export class ChildSession<R extends Relay, Result, Failure> {
  readonly ended: Promise<SessionEnd<Result, Failure>>;
  private readonly relay: R;
  private readonly child: SupervisedChild<ChildOutcome<Result, Failure>>;
  private stopping: Ending<Failure> | { kind: 'handed-back' } | undefined;

  constructor(private readonly parts: ChildSessionParts<R, Result, Failure>) {
    this.relay = parts.openRelay({
      cancelRequested: () => this.cancel(),
      gone: (reason) => this.end({ kind: 'gone', reason }),
    });
    this.child = parts.launch(this.relay);
    this.ended = this.wait();
  }

  /** Of the child process. */
  get pid(): number {
    return this.child.pid;
  }

  /** Ends the work at once; nothing of it is kept. */
  cancel(): void {
    this.end({ kind: 'cancelled' });
  }

  /** Ends the work at once, for a reason that would end another attempt too. */
  fail(error: Failure): void {
    this.end({ kind: 'failed', error, permanent: true });
  }

  /** Ends the work so that it can go on elsewhere. */
  handBack(): void {
    if (this.stopping !== undefined) return;
    this.stopping = { kind: 'handed-back' };
    this.child.handBack(this.parts.handBackMs);
  }

  /** Asks the registry now whether to go on. */
  poll(): void {
    this.relay.poll();
  }

  private end(stopping: Ending<Failure>): void {
    // A cancel also overtakes a hand-back: the child may be storing a state that nobody wants.
    if (this.stopping !== undefined && this.stopping.kind !== 'handed-back') return;
    this.stopping = stopping;
    this.child.kill();
  }

  private async wait(): Promise<SessionEnd<Result, Failure>> {
    const end: ChildEnd<ChildOutcome<Result, Failure>> = await this.child.ended;
    if (this.stopping !== undefined && this.stopping.kind !== 'handed-back') {
      this.relay.stop();
      return this.stopping;
    }
    // Work that was finished when it was asked to be handed back is finished.
    if (end.type !== 'finished' && this.stopping?.kind === 'handed-back') {
      await this.drainWithin(this.parts.handBackMs / 2);
      return { kind: 'handed-back' };
    }
    // A cancel may still come in while the last reports go out.
    await this.relay.drain();
    if (this.stopping !== undefined && this.stopping.kind !== 'handed-back') return this.stopping;
    switch (end.type) {
      case 'finished':
        return { kind: 'finished', result: end.result };
      case 'failed':
        return { kind: 'failed', error: end.error, permanent: end.permanent };
      case 'handed-back':
        return { kind: 'handed-back' };
      case 'crashed':
      case 'killed':
        return { kind: 'failed', error: this.parts.failureOf(end.reason), permanent: false };
    }
  }

  private async drainWithin(ms: number): Promise<void> {
    const timer = setTimeout(() => this.relay.stop(), ms);
    await this.relay.drain().catch(() => undefined);
    clearTimeout(timer);
  }
}
