import type { ColumnType } from '@modelyard/contracts';

/** Types that text can be told to have. */
export const TELLABLE_TYPES = ['integer', 'numeric', 'boolean', 'date'] as const;
export type TellableType = (typeof TELLABLE_TYPES)[number];

const INTEGER = String.raw`\s*[+-]?(0|[1-9][0-9]{0,17})\s*`;
/** Numbers with leading zeros are codes (007), not numbers. NaN is how many programs write a missing number. */
const NUMERIC = String.raw`\s*([+-]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[nN][aA][nN])\s*`;
const DATE = String.raw`\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*`;

/** SQL that is true where a text (never null) is such a value. */
export function isOfType(type: TellableType, text: string): string {
  switch (type) {
    case 'integer':
      return `regexp_full_match(${text}, '${INTEGER}')`;
    case 'numeric':
      return `regexp_full_match(${text}, '${NUMERIC}')`;
    case 'boolean':
      return `lower(${text}) in ('true', 'false', 'yes', 'no', 't', 'f', 'y', 'n')`;
    case 'date':
      return `regexp_full_match(${text}, '${DATE}') and try_cast(${text} as timestamp) is not null`;
  }
}

/**
 * SQL that is true where a text is such a value, and its cast `value` what the text says; not for all of them (numbers
 * with a sign or spaces before them, say), but at a fraction of the costs of `isOfType`.
 */
export function isSurelyOfType(type: TellableType, text: string, value: string): string {
  switch (type) {
    case 'integer':
      return `${value}::varchar = ${text} and abs(${value}) < 1000000000000000000`;
    case 'numeric':
      // No leading zero: the first character is a digit but 0. DuckDB takes underscores in numbers.
      return `isfinite(${value}) and not contains(${text}, '_') and
        (${text} between '1' and ':' or ${text} between '-1' and '-:' or ${isOfType(type, text)})`;
    case 'boolean':
    case 'date':
      return `${value} is not null and ${isOfType(type, text)}`;
  }
}

export function isTellable(type: ColumnType): type is TellableType {
  return (TELLABLE_TYPES as readonly ColumnType[]).includes(type);
}
