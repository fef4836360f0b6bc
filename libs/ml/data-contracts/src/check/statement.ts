import type { Parameter } from '@modelyard/ml-tables';

/** Takes a value into a statement, and gives the text that stands for it there: `$3`. */
export type Bind = (value: Parameter) => string;

/** The parameters of one statement. */
export class Bindings {
  readonly values: Parameter[] = [];

  readonly bind: Bind = (value) => {
    this.values.push(value);
    return `$${this.values.length}`;
  };
}
