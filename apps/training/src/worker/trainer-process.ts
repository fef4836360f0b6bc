import type { ChildEnd, SupervisedChild } from '../supervision/child-process';
import type { FromTrainer, TrainerAssignment, TrainerOutcome } from '../trainer-protocol';

export type TrainerEnd = ChildEnd<TrainerOutcome>;

/** A running trainer. Handing its training back, it stores the state of its last whole epoch first. */
export type TrainerProcess = SupervisedChild<TrainerOutcome>;

/** Where trainers come from. */
export abstract class TrainerLauncher {
  /** Starts a trainer in a process of its own. `listen` hears all that it says, but its last word. */
  abstract launch(assignment: TrainerAssignment, listen: (message: FromTrainer) => void): TrainerProcess;
}
