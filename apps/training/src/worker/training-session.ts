import type { SucceedTraining } from '@modelyard/contracts';
import type { Logger } from '@modelyard/platform-observability';
import type { TrainingRegistry } from '../registry/training-registry';
import { ChildSession } from '../supervision/child-session';
import type { SessionEnd } from '../supervision/child-session';
import type { RelayTimes } from '../supervision/report-relay';
import type { FromTrainer, TrainerAssignment } from '../trainer-protocol';
import type { CheckpointShelf } from './checkpoint-shelf';
import { ProgressRelay } from './progress-relay';
import type { TrainerLauncher } from './trainer-process';
import type { TrainingMetrics } from './training-metrics';

export type TrainingEnd = SessionEnd<SucceedTraining, string>;

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

/** One attempt at one training. */
export class TrainingSession extends ChildSession<ProgressRelay, SucceedTraining, string> {
  constructor(parts: SessionParts, assignment: TrainerAssignment) {
    super({
      openRelay: (listener) =>
        new ProgressRelay(
          parts.registry,
          assignment.trainingJobId,
          { ...listener, checkpointAcknowledged: (sha256) => parts.shelf.acknowledged(sha256) },
          parts.relayTimes,
          parts.logger,
        ),
      launch: (relay) => parts.launcher.launch(assignment, (message) => hear(message, relay, parts)),
      handBackMs: parts.handBackMs,
      failureOf: (reason) => reason,
    });
  }
}

function hear(message: FromTrainer, relay: ProgressRelay, parts: SessionParts): void {
  switch (message.type) {
    case 'described':
      return relay.push({ params: message.params });
    case 'epoch':
      parts.metrics.epochSeconds.observe(message.seconds);
      return relay.push({ progress: message.progress, metrics: message.metrics });
    case 'checkpoint':
      parts.shelf.stored(message.checkpoint.sha256);
      return relay.pushCheckpoint(message.checkpoint);
    case 'phase':
      return parts.logger.debug({ phase: message.phase }, 'the training has come to another phase');
    case 'log':
      return parts.logger[message.level]({}, message.message);
    case 'finished':
    case 'failed':
    case 'handed-back':
      return; // the process's end tells
  }
}
