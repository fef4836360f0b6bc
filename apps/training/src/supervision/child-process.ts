/** The last word of a child process. */
export type ChildOutcome<Result, Failure> =
  | { type: 'finished'; result: Result }
  /** `permanent`: trying again would end the same way. */
  | { type: 'failed'; error: Failure; permanent: boolean }
  | { type: 'handed-back' };

/** How a child process ended: with its own last word, or without one. */
export type ChildEnd<Outcome> =
  Outcome | { type: 'crashed'; reason: string } | { type: 'killed'; reason: string };

/** A running child process that does one job. */
export interface SupervisedChild<Outcome> {
  readonly pid: number;
  /** Resolves when the process is gone; never rejects. */
  readonly ended: Promise<ChildEnd<Outcome>>;
  /** Asks it to see that its work can go on elsewhere, and to exit; it is killed when it has not within `graceMs`. */
  handBack(graceMs: number): void;
  /** Ends it now: SIGTERM, and SIGKILL when that does not help within half a second. Nothing is stored. */
  kill(): void;
}

/** What sentences about a child call it, and what to do when its memory does not suffice. */
export interface ChildKind {
  /** `trainer` */
  name: string;
  /** `its training` */
  work: string;
  /** `a smaller batch size or network needs less` */
  memoryAdvice: string;
}
