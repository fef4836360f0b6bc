import type { Logger } from '@modelyard/platform-observability';
import type { ChildKind } from '../supervision/child-process';
import { ForkedChild } from '../supervision/forked-child';
import { isOutcome } from '../trainer-protocol';
import type { FromTrainer, TrainerAssignment, TrainerOutcome } from '../trainer-protocol';
import { TrainerLauncher } from './trainer-process';
import type { TrainerProcess } from './trainer-process';

const TRAINER: ChildKind = {
  name: 'trainer',
  work: 'its training',
  memoryAdvice: 'a smaller batch size or network needs less',
};

export interface ForkedTrainerOptions {
  /** The trainer's entry point. It gets this process's own Node options. */
  modulePath: string;
  /** The environment of a trainer that computes on so many threads. */
  environment: (threads: number) => Record<string, string>;
  logger: Logger;
}

/** Runs each trainer as a process of its own. */
export class ForkedTrainerLauncher extends TrainerLauncher {
  constructor(private readonly options: ForkedTrainerOptions) {
    super();
  }

  launch(assignment: TrainerAssignment, listen: (message: FromTrainer) => void): TrainerProcess {
    return new ForkedChild<FromTrainer, TrainerOutcome>({
      kind: TRAINER,
      modulePath: this.options.modulePath,
      environment: this.options.environment(assignment.threads),
      assignment: { type: 'train', assignment },
      isOutcome,
      listen,
      logger: (pid) => {
        const logger = this.options.logger.child({
          trainingJobId: assignment.trainingJobId,
          trainerPid: pid,
        });
        logger.info({ threads: assignment.threads }, 'trainer started');
        return logger;
      },
    });
  }
}
