import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Logger } from '@modelyard/platform-observability';
import type { ChildEnd, ChildKind, SupervisedChild } from './child-process';
import { explainExit } from './explain-exit';
import { OutputTail } from './output-tail';

const SIGKILL_AFTER_MS = 500;

export interface ForkedChildOptions<Said, Outcome extends Said> {
  kind: ChildKind;
  /** The child's entry point. It gets this process's own Node options. */
  modulePath: string;
  environment: Record<string, string>;
  /** Node options besides this process's own. */
  execArgv?: string[];
  /** The first message that it gets: what to do. */
  assignment: object;
  isOutcome: (said: Said) => said is Outcome;
  /** Hears all that the child says, but its last word. */
  listen: (said: Said) => void;
  /** The logger of this child, by its process id. */
  logger: (pid: number | undefined) => Logger;
}

/** A forked Node process, so that neither its CPU work nor its crash touches the worker. */
export class ForkedChild<Said, Outcome extends Said> implements SupervisedChild<Outcome> {
  readonly pid: number;
  readonly ended: Promise<ChildEnd<Outcome>>;
  private readonly child: ChildProcess;
  private outcome: Outcome | undefined;
  private killedFor: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ForkedChildOptions<Said, Outcome>) {
    const { kind } = options;
    const child = fork(options.modulePath, [], {
      env: options.environment,
      execArgv: [...process.execArgv, ...(options.execArgv ?? [])],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.pid = child.pid ?? -1;
    const logger = options.logger(child.pid);
    const tail = new OutputTail();
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        for (const line of tail.push(chunk)) logger.debug({ line }, `${kind.name} output`);
      });
    }
    child.on('message', (message) => {
      // Only our own child speaks on this channel, and it is built from the same types.
      const said = message as Said;
      if (options.isOutcome(said)) this.outcome ??= said;
      else options.listen(said);
    });
    this.ended = new Promise((resolve) => {
      let failure: Error | undefined;
      child.once('error', (error) => {
        failure = error;
        // A process that could not be spawned never closes.
        if (child.pid === undefined)
          resolve({ type: 'crashed', reason: `The ${kind.name} did not start: ${error.message}` });
      });
      child.once('close', (code, signal) => {
        clearTimeout(this.timer);
        if (this.outcome !== undefined) resolve(this.outcome);
        else if (this.killedFor !== undefined) resolve({ type: 'killed', reason: this.killedFor });
        else resolve({ type: 'crashed', reason: explainExit(kind, code, signal, tail.lines(), failure) });
      });
    });
    this.send(options.assignment);
  }

  handBack(graceMs: number): void {
    this.send({ type: 'hand-back' });
    this.killLater(graceMs, `it did not hand ${this.options.kind.work} back in time`);
  }

  kill(): void {
    this.killedFor ??= 'it was told to stop';
    this.child.kill('SIGTERM');
    this.killLater(SIGKILL_AFTER_MS, this.killedFor);
  }

  private killLater(afterMs: number, reason: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.killedFor ??= reason;
      this.child.kill('SIGKILL');
    }, afterMs);
  }

  private send(message: object): void {
    // A child that has died between two messages tells so by `close`; the failed message is no second error.
    if (this.child.connected) this.child.send(message, () => undefined);
  }
}
