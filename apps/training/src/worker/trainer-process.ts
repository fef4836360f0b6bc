import type { FromTrainer, TrainerAssignment, TrainerOutcome } from '../trainer-protocol';

/** How a trainer process ended: with its own last word, or without one. */
export type TrainerEnd =
  TrainerOutcome | { type: 'crashed'; reason: string } | { type: 'killed'; reason: string };

/** A running trainer. */
export interface TrainerProcess {
  readonly pid: number;
  /** Resolves when the process is gone; never rejects. */
  readonly ended: Promise<TrainerEnd>;
  /** Asks it to store the state of its last whole epoch and to exit; it is killed when it has not within `graceMs`. */
  handBack(graceMs: number): void;
  /** Ends it now: SIGTERM, and SIGKILL when that does not help within half a second. Nothing is stored. */
  kill(): void;
}

/** Where trainers come from. */
export abstract class TrainerLauncher {
  /** Starts a trainer in a process of its own. `listen` hears all that it says, but its last word. */
  abstract launch(assignment: TrainerAssignment, listen: (message: FromTrainer) => void): TrainerProcess;
}
