import type { SucceedTraining } from '@modelyard/contracts';
import type { Logger } from '@modelyard/platform-observability';
import type { TrainingRegistry } from '../registry/training-registry';
import type { FromTrainer, TrainerAssignment } from '../trainer-protocol';
import type { CheckpointShelf } from './checkpoint-shelf';
import { ProgressRelay } from './progress-relay';
import type { RelayTimes } from './progress-relay';
import type { TrainerLauncher, TrainerProcess } from './trainer-process';
import type { TrainingMetrics } from './training-metrics';

/** How one attempt at a training ended, as the worker sees it. */
export type SessionEnd =
  | { kind: 'finished'; result: SucceedTraining }
  | { kind: 'failed'; error: string; permanent: boolean }
  | { kind: 'cancelled' }
  | { kind: 'handed-back' }
  /** The registry has ended the job by another way: there is nobody to report to. */
  | { kind: 'gone'; reason: string };

export interface SessionParts {
  registry: TrainingRegistry;
  launcher: TrainerLauncher;
  shelf: CheckpointShelf;
  metrics: TrainingMetrics;
  relayTimes: RelayTimes;
  /** How long a trainer may take to hand its training back. */
  handBackMs: number;
  logger: Logger;
}

/** One attempt at one training: a trainer process, the relay of what it says, and what can end it from outside. */
export class TrainingSession {
  readonly ended: Promise<SessionEnd>;
  private readonly trainer: TrainerProcess;
  private readonly relay: ProgressRelay;
  private stopping:
    { kind: 'cancelled' } | { kind: 'handed-back' } | { kind: 'gone'; reason: string } | undefined;

  constructor(
    private readonly parts: SessionParts,
    assignment: TrainerAssignment,
  ) {
    this.relay = new ProgressRelay(
      parts.registry,
      assignment.trainingJobId,
      {
        cancelRequested: () => this.cancel(),
        gone: (reason) => this.end({ kind: 'gone', reason }),
        checkpointAcknowledged: (sha256) => parts.shelf.acknowledged(sha256),
      },
      parts.relayTimes,
      parts.logger,
    );
    this.trainer = parts.launcher.launch(assignment, (message) => this.heard(message));
    this.ended = this.wait();
  }

  /** Ends the training at once; nothing of it is kept. */
  cancel(): void {
    this.end({ kind: 'cancelled' });
  }

  /** Ends the training so that it can go on elsewhere. */
  handBack(): void {
    if (this.stopping !== undefined) return;
    this.stopping = { kind: 'handed-back' };
    this.trainer.handBack(this.parts.handBackMs);
  }

  /** Asks the registry now whether to go on. */
  poll(): void {
    this.relay.poll();
  }

  private end(stopping: { kind: 'cancelled' } | { kind: 'gone'; reason: string }): void {
    // A cancel also overtakes a hand-back: the trainer may be storing a state that nobody wants.
    if (this.stopping !== undefined && this.stopping.kind !== 'handed-back') return;
    this.stopping = stopping;
    this.trainer.kill();
  }

  private heard(message: FromTrainer): void {
    switch (message.type) {
      case 'described':
        return this.relay.push({ params: message.params });
      case 'epoch':
        this.parts.metrics.epochSeconds.observe(message.seconds);
        return this.relay.push({ progress: message.progress, metrics: message.metrics });
      case 'checkpoint':
        this.parts.shelf.stored(message.checkpoint.sha256);
        return this.relay.pushCheckpoint(message.checkpoint);
      case 'phase':
        return this.parts.logger.debug({ phase: message.phase }, 'the training has come to another phase');
      case 'log':
        return this.parts.logger[message.level]({}, message.message);
      case 'finished':
      case 'failed':
      case 'handed-back':
        return; // the process's end tells
    }
  }

  private async wait(): Promise<SessionEnd> {
    const end = await this.trainer.ended;
    if (this.stopping !== undefined && this.stopping.kind !== 'handed-back') {
      this.relay.stop();
      return this.stopping;
    }
    // A training that was finished when it was asked to hand back is finished.
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
        return { kind: 'failed', error: end.reason, permanent: false };
    }
  }

  private async drainWithin(ms: number): Promise<void> {
    const timer = setTimeout(() => this.relay.stop(), ms);
    await this.relay.drain().catch(() => undefined);
    clearTimeout(timer);
  }
}
