import type { FromTrainer, TrainerAssignment } from '../trainer-protocol';
import { TrainerLauncher } from '../worker/trainer-process';
import type { TrainerEnd, TrainerProcess } from '../worker/trainer-process';

/** A trainer that a test moves by hand. */
export class ScriptedTrainer implements TrainerProcess {
  readonly pid = 1;
  readonly ended: Promise<TrainerEnd>;
  readonly asked: string[] = [];
  /** How it ends when it is asked to hand back; undefined: it does not answer. */
  onHandBack: TrainerEnd | undefined = { type: 'handed-back' };
  private finish!: (end: TrainerEnd) => void;

  constructor(
    readonly assignment: TrainerAssignment,
    readonly says: (message: FromTrainer) => void,
  ) {
    this.ended = new Promise((resolve) => (this.finish = resolve));
  }

  end(end: TrainerEnd): void {
    this.finish(end);
  }

  handBack(graceMs: number): void {
    this.asked.push(`hand back within ${graceMs} ms`);
    if (this.onHandBack !== undefined) this.end(this.onHandBack);
  }

  kill(): void {
    this.asked.push('kill');
    this.end({ type: 'killed', reason: 'it was told to stop' });
  }
}

export class ScriptedLauncher extends TrainerLauncher {
  readonly launched: ScriptedTrainer[] = [];

  launch(assignment: TrainerAssignment, listen: (message: FromTrainer) => void): ScriptedTrainer {
    const trainer = new ScriptedTrainer(assignment, listen);
    this.launched.push(trainer);
    return trainer;
  }
}
