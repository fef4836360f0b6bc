import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Logger } from '@modelyard/platform-observability';
import { isOutcome } from '../trainer-protocol';
import type { FromTrainer, ToTrainer, TrainerAssignment, TrainerOutcome } from '../trainer-protocol';
import { explainExit } from './explain-exit';
import { OutputTail } from './output-tail';
import { TrainerLauncher } from './trainer-process';
import type { TrainerEnd, TrainerProcess } from './trainer-process';

const SIGKILL_AFTER_MS = 500;

export interface ForkedTrainerOptions {
  /** The trainer's entry point. It gets this process's own Node options. */
  modulePath: string;
  /** The environment of a trainer that computes on so many threads. */
  environment: (threads: number) => Record<string, string>;
  logger: Logger;
}

/** Runs each trainer as a forked Node process, so that neither its CPU work nor its crash touches the worker. */
export class ForkedTrainerLauncher extends TrainerLauncher {
  constructor(private readonly options: ForkedTrainerOptions) {
    super();
  }

  launch(assignment: TrainerAssignment, listen: (message: FromTrainer) => void): TrainerProcess {
    const child = fork(this.options.modulePath, [], {
      env: this.options.environment(assignment.threads),
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const logger = this.options.logger.child({
      trainingJobId: assignment.trainingJobId,
      trainerPid: child.pid,
    });
    logger.info({ threads: assignment.threads }, 'trainer started');
    return new ForkedTrainer(child, assignment, listen, logger);
  }
}

class ForkedTrainer implements TrainerProcess {
  readonly pid: number;
  readonly ended: Promise<TrainerEnd>;
  private outcome: TrainerOutcome | undefined;
  private killedFor: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly child: ChildProcess,
    assignment: TrainerAssignment,
    listen: (message: FromTrainer) => void,
    logger: Logger,
  ) {
    this.pid = child.pid ?? -1;
    const tail = new OutputTail();
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        for (const line of tail.push(chunk)) logger.debug({ line }, 'trainer output');
      });
    }
    child.on('message', (message) => {
      // Only our own trainer speaks on this channel, and it is built from the same types.
      const said = message as FromTrainer;
      if (isOutcome(said)) this.outcome ??= said;
      else listen(said);
    });
    this.ended = new Promise((resolve) => {
      let failure: Error | undefined;
      child.once('error', (error) => {
        failure = error;
        // A process that could not be spawned never closes.
        if (child.pid === undefined)
          resolve({ type: 'crashed', reason: `The trainer did not start: ${error.message}` });
      });
      child.once('close', (code, signal) => {
        clearTimeout(this.timer);
        if (this.outcome !== undefined) resolve(this.outcome);
        else if (this.killedFor !== undefined) resolve({ type: 'killed', reason: this.killedFor });
        else resolve({ type: 'crashed', reason: explainExit(code, signal, tail.lines(), failure) });
      });
    });
    this.send({ type: 'train', assignment });
  }

  handBack(graceMs: number): void {
    this.send({ type: 'hand-back' });
    this.killLater(graceMs, 'it did not hand its training back in time');
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

  private send(message: ToTrainer): void {
    // A trainer that has died between two messages tells so by `close`; the failed message is no second error.
    if (this.child.connected) this.child.send(message, () => undefined);
  }
}
