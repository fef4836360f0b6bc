import type { Bind } from '../check/statement';

/** A rule that single rows keep or break. */
export interface RowRule {
  /** Where in the contract: `columns.age.minimum`. */
  path: string;
  /** What is wrong with a row that breaks it: "age is below 0". */
  message: string;
  /** What was asked for: "at least 0". */
  expected: string;
  /** SQL for what is shown of a row that breaks it, as text. */
  shown: string;
  breaks: RowCondition | RowRepeats;
}

/** SQL that is true for a row that breaks the rule, and not true (false or null) for one that does not. */
export type RowCondition = (bind: Bind) => string;

/** Rows break the rule that have this in common with an earlier one. */
export interface RowRepeats {
  repeated: string;
}

export function isCondition(rule: RowRule): rule is RowRule & { breaks: RowCondition } {
  return typeof rule.breaks === 'function';
}
