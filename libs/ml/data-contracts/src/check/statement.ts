import type { Parameter } from '@modelyard/ml-tables';

/** Takes a value into a statement, and gives the text that stands for it there: `$3`. */
export type Bind = (value: Parameter) => string;

const HALF_CHARACTERS = /\p{Surrogate}/gu;

/** The parameters of one statement. */
export class Bindings {
  readonly values: Parameter[] = [];

  readonly bind: Bind = (value) => {
    this.values.push(value);
    return `$${this.values.length}`;
  };
}

/** SQL for a list of texts, as one parameter. */
export function boundTexts(values: readonly string[], bind: Bind): string {
  // JSON cannot be read with half a character in it, which no value has either.
  const json = JSON.stringify(values.map((value) => value.replace(HALF_CHARACTERS, '\ufffd')));
  return `from_json(${bind(json)}, '["VARCHAR"]')`;
}
