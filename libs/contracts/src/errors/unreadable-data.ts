import type { DataProblem } from '../resources/dataset-import';

const SHOWN = 100;

/** Data that people gave cannot be taken as it is. Another attempt would end the same way. */
export class UnreadableData extends Error {
  override readonly name = 'UnreadableData';
  /** The first of them, at most 100. */
  readonly problems: DataProblem[];

  /** @param problemCount of all problems, where `problems` are only some */
  constructor(
    message: string,
    problems: DataProblem[] = [],
    readonly problemCount: number = problems.length,
  ) {
    super(message);
    this.problems = problems.slice(0, SHOWN);
  }
}
