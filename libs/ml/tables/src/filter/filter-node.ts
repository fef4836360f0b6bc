/** A value as it stands in a filter. Numbers keep their digits, so that none is lost above 2^53. */
export type Literal = { position: number } & (
  { kind: 'text'; value: string } | { kind: 'number'; value: string } | { kind: 'boolean'; value: boolean }
);

export interface ColumnName {
  name: string;
  /** From 1, in the filter's text. */
  position: number;
}

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What a filter means. */
export type FilterNode =
  | { kind: 'and' | 'or'; items: FilterNode[] }
  | { kind: 'not'; item: FilterNode }
  | { kind: 'compare'; column: ColumnName; operator: ComparisonOperator; value: Literal }
  | { kind: 'like'; column: ColumnName; negated: boolean; ignoreCase: boolean; pattern: Literal }
  | { kind: 'in'; column: ColumnName; negated: boolean; values: Literal[] }
  | { kind: 'between'; column: ColumnName; negated: boolean; low: Literal; high: Literal }
  | { kind: 'null'; column: ColumnName; negated: boolean };
