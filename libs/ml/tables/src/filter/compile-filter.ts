import type { Parameter } from '../engine/table-engine';
import { FilterError } from './filter-error';
import type { FilterNode, Literal } from './filter-node';
import { queryableNamed } from './queryable';
import type { Queryable } from './queryable';

/** A condition to stand after `where`: its values are bound, from `$1` on. */
export interface CompiledFilter {
  sql: string;
  parameters: Parameter[];
}

/**
 * Turns a filter into SQL over the columns' expressions. Every value of the filter becomes a parameter.
 * @param first number of the first parameter, where others stand before them
 * @throws FilterError when a column does not exist or a value does not suit its type
 */
export function compileFilter(node: FilterNode, columns: Queryable[], first = 1): CompiledFilter {
  const parameters: Parameter[] = [];
  const bind = (value: Parameter): string => `$${first - 1 + parameters.push(value)}`;
  return { sql: compile(node, columns, bind), parameters };
}

type Bind = (value: Parameter) => string;

function compile(node: FilterNode, columns: Queryable[], bind: Bind): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return `(${node.items.map((item) => compile(item, columns, bind)).join(` ${node.kind} `)})`;
    case 'not':
      return `(not ${compile(node.item, columns, bind)})`;
    case 'compare':
    case 'between':
    case 'in':
    case 'like':
    case 'null':
      return condition(node, queryableNamed(node.column.name, columns, node.column.position), bind);
  }
}

type Condition = Exclude<FilterNode, { kind: 'and' | 'or' | 'not' }>;

function condition(node: Condition, column: Queryable, bind: Bind): string {
  const not = 'negated' in node && node.negated ? 'not ' : '';
  switch (node.kind) {
    case 'compare':
      return `(${column.expression} ${node.operator} ${bound(node.value, column, bind)})`;
    case 'between':
      return `(${column.expression} ${not}between ${bound(node.low, column, bind)} and ${bound(node.high, column, bind)})`;
    case 'in':
      return `(${column.expression} ${not}in (${node.values.map((value) => bound(value, column, bind)).join(', ')}))`;
    case 'like':
      return `(${column.expression}::varchar ${not}${node.ignoreCase ? 'ilike' : 'like'} ${bind(String(node.pattern.value))}::varchar)`;
    case 'null':
      return `(${column.expression} is ${not}null)`;
  }
}

function bound(literal: Literal, column: Queryable, bind: Bind): string {
  const fail = (expected: string): never => {
    const shown = literal.kind === 'text' ? `'${literal.value}'` : String(literal.value);
    throw new FilterError(
      `${shown} does not suit the ${column.type} column ${column.name}`,
      literal.position,
      expected,
    );
  };
  switch (column.type) {
    case 'integer':
    case 'numeric':
      if (literal.kind !== 'number') return fail('a number');
      return /^[+-]?\d{1,18}$/.test(literal.value)
        ? `${bind(literal.value)}::bigint`
        : `${bind(Number(literal.value))}::double`;
    case 'boolean':
      return literal.kind === 'boolean' ? `${bind(literal.value)}::boolean` : fail('true or false');
    case 'date':
      if (
        literal.kind !== 'text' ||
        Number.isNaN(Date.parse(literal.value)) ||
        !/^\d{4}-\d{2}-\d{2}/.test(literal.value)
      )
        return fail("a date such as '2026-11-02' or '2026-11-02T10:15:00Z'");
      return `${bind(literal.value)}::timestamp`;
    case 'categorical':
    case 'text':
    case 'image':
      // A class that is called 7 is the text '7'.
      return `${bind(String(literal.value))}::varchar`;
  }
}
