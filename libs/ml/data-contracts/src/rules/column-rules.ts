import type { ColumnRule, ContractViolation } from '@modelyard/contracts';
import type { CheckedColumn } from '../check/checked-columns';
import { boundTexts } from '../check/statement';
import type { Bind } from '../check/statement';
import { utcText } from '../format/moments';
import { listed, rulePath, shorten } from './wording';
import type { RowRule } from './row-rule';

const NUMBERS = ['numeric', 'integer'];
const TEXTS = ['text', 'categorical', 'integer'];

/** The rules of one column that rows keep or break, and those of its rules that cannot be checked, because of its type. */
export function columnRowRules(
  column: CheckedColumn,
  rule: ColumnRule,
): { rules: RowRule[]; unfit: ContractViolation[] } {
  const { name } = column;
  const rules: RowRule[] = [];
  const unfit: ContractViolation[] = [];
  const add = (key: string, message: string, expected: string, breaks: RowRule['breaks']): void =>
    void rules.push({ path: rulePath('columns', name, key), message, expected, shown: column.text, breaks });
  const refuse = (key: string, expected: string): void =>
    void unfit.push({
      rule: rulePath('columns', name, key),
      message: `The rule cannot be checked: ${name} is ${column.type}, the rule is for ${expected}. Change the rule, or the column's type.`,
      scope: 'dataset',
      count: 0,
      expected,
      actual: column.type,
      examples: [],
    });

  if (rule.maximumNullShare === 0) {
    add('maximumNullShare', `${name} has no value`, 'a value in each row', () => `${column.value} is null`);
  }
  if (rule.unique) {
    add('unique', `${name} has a value that an earlier row has`, 'each value once', {
      repeated: column.value,
    });
  }
  for (const [key, word, sign] of [
    ['minimum', 'below', '<'],
    ['maximum', 'above', '>'],
  ] as const) {
    const limit = rule[key];
    if (limit === undefined) continue;
    const expected = `${key === 'minimum' ? 'at least' : 'at most'} ${limit}`;
    const fits = typeof limit === 'number' ? NUMBERS.includes(column.type) : column.type === 'date';
    if (!fits) refuse(key, typeof limit === 'number' ? 'numbers' : 'dates');
    else {
      add(
        key,
        `${name} is ${word} ${limit}`,
        expected,
        (bind) => `${column.value} ${sign} ${limitOf(limit, bind)}`,
      );
    }
  }
  if (rule.allowed) {
    const values = rule.allowed;
    add('allowed', `${name} is none of ${listed(values)}`, `one of ${listed(values)}`, (bind) =>
      noneOf(column, values, bind),
    );
  }
  const ofText: [keyof ColumnRule, string, string, (bind: Bind) => string][] = [];
  if (rule.pattern !== undefined) {
    const text = rule.pattern;
    ofText.push([
      'pattern',
      `${name} does not match ${shorten(text)}`,
      `a match of ${shorten(text)}`,
      (bind) => `not regexp_full_match(${column.text}, ${bind(text)})`,
    ]);
  }
  if (rule.minimumLength !== undefined) {
    const length = rule.minimumLength;
    ofText.push([
      'minimumLength',
      `${name} is shorter than ${length} characters`,
      `at least ${length} characters`,
      (bind) => `length(${column.text}) < ${bind(length)}`,
    ]);
  }
  if (rule.maximumLength !== undefined) {
    const length = rule.maximumLength;
    ofText.push([
      'maximumLength',
      `${name} is longer than ${length} characters`,
      `at most ${length} characters`,
      (bind) => `length(${column.text}) > ${bind(length)}`,
    ]);
  }
  for (const [key, message, expected, breaks] of ofText) {
    if (TEXTS.includes(column.type)) add(key, message, expected, breaks);
    else refuse(key, 'text');
  }
  return { rules, unfit };
}

function limitOf(limit: number | string, bind: Bind): string {
  // Through text: as a parameter a whole number would be an INTEGER, and out of range as one.
  if (typeof limit === 'number') return `cast(${bind(String(limit))} as double)`;
  // DuckDB would take no notice of an offset.
  return `cast(${bind(utcText(limit) ?? limit)} as timestamp)`;
}

/** Values are compared as the column has them: 1 and 1.0 are one number, and one date can be written in many ways. */
function noneOf(column: CheckedColumn, values: readonly (string | number | boolean)[], bind: Bind): string {
  const type = { numeric: 'double', integer: 'double', boolean: 'boolean', date: 'timestamp' }[
    column.type as 'date'
  ];
  const texts = values.map((value) => (column.type === 'date' && utcText(String(value))) || String(value));
  const list = `select try_cast(unnest(${boundTexts(texts, bind)}) as ${type ?? 'varchar'})`;
  const value = type === 'double' ? `cast(${column.value} as double)` : column.value;
  return `(${value} is not null and ${value} not in (select v from (${list}) allowed(v) where v is not null))`;
}
