import { FilterError } from './filter-error';
import type { ColumnName, ComparisonOperator, FilterNode, Literal } from './filter-node';
import { filterTokens } from './filter-tokens';
import type { Token } from './filter-tokens';

const DEEPEST = 100;
const MOST_VALUES = 1_000;
const OPERATORS: Record<string, ComparisonOperator> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
const KEYWORDS = new Set([
  'AND',
  'OR',
  'NOT',
  'IN',
  'IS',
  'NULL',
  'LIKE',
  'ILIKE',
  'BETWEEN',
  'TRUE',
  'FALSE',
]);

/**
 * Reads a filter: comparisons (`=`, `!=`, `<>`, `<`, `<=`, `>`, `>=`), `[NOT] LIKE`, `[NOT] ILIKE` (`%` any text, `_` one
 * character), `[NOT] IN (…)`, `[NOT] BETWEEN … AND …`, `IS [NOT] NULL`, joined by `AND`, `OR`, `NOT` and parentheses.
 * Names stand bare, in "double quotes" or in `backticks`; text in 'single quotes'; a quote inside is doubled; numbers,
 * `true` and `false` stand bare. As in SQL, a missing value is neither equal nor unequal to anything.
 * @throws FilterError with the position, and what was expected there
 */
export function parseFilter(text: string): FilterNode {
  return new FilterParser(filterTokens(text)).parse();
}

class FilterParser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: Token[]) {}

  parse(): FilterNode {
    if (this.ended) throw new FilterError('The filter is empty', 1, 'a condition such as age > 30');
    const node = this.either();
    if (!this.ended) this.fail('AND, OR or the end');
    return node;
  }

  private either(): FilterNode {
    return this.joined('or', 'OR', () => this.joined('and', 'AND', () => this.negation()));
  }

  private joined(kind: 'and' | 'or', word: string, part: () => FilterNode): FilterNode {
    const items = [part()];
    while (this.take(word)) items.push(part());
    return items.length === 1 ? (items[0] as FilterNode) : { kind, items };
  }

  private negation(): FilterNode {
    if (!this.take('NOT')) return this.primary();
    return this.nested(() => ({ kind: 'not', item: this.negation() }));
  }

  private primary(): FilterNode {
    if (!this.takeSymbol('(')) return this.condition();
    return this.nested(() => {
      const node = this.either();
      if (!this.takeSymbol(')')) this.fail('AND, OR or )');
      return node;
    });
  }

  /** A recursive parser falls over text that nests without end. */
  private nested(parse: () => FilterNode): FilterNode {
    this.depth += 1;
    if (this.depth > DEEPEST)
      throw new FilterError(`The filter nests more than ${DEEPEST} deep`, this.token.position);
    const node = parse();
    this.depth -= 1;
    return node;
  }

  private condition(): FilterNode {
    const column = this.column();
    const operator = this.token.kind === 'symbol' ? OPERATORS[this.token.value] : undefined;
    if (operator !== undefined) {
      this.at += 1;
      if (this.isWord('NULL'))
        throw new FilterError(
          'Nothing compares to NULL',
          this.token.position,
          `${column.name} IS ${operator === '!=' ? 'NOT ' : ''}NULL instead`,
        );
      return { kind: 'compare', column, operator, value: this.literal() };
    }
    if (this.take('IS')) {
      const negated = this.take('NOT');
      if (!this.take('NULL')) this.fail(negated ? 'NULL' : 'NULL or NOT NULL');
      return { kind: 'null', column, negated };
    }
    return this.wordCondition(column, this.take('NOT'));
  }

  private wordCondition(column: ColumnName, negated: boolean): FilterNode {
    if (this.take('IN')) return { kind: 'in', column, negated, values: this.list() };
    if (this.take('BETWEEN')) {
      const low = this.literal();
      if (!this.take('AND')) this.fail('AND and the upper bound');
      return { kind: 'between', column, negated, low, high: this.literal() };
    }
    const ignoreCase = this.isWord('ILIKE');
    if (ignoreCase || this.isWord('LIKE')) {
      this.at += 1;
      if (this.token.kind !== 'text') this.fail("a pattern in 'single quotes'");
      return { kind: 'like', column, negated, ignoreCase, pattern: this.literal() };
    }
    return this.fail(
      negated ? 'IN, BETWEEN, LIKE or ILIKE' : 'a comparison (=, !=, <, …), IN, BETWEEN, LIKE or IS NULL',
    );
  }

  private column(): ColumnName {
    const { kind, value, quoted, position } = this.token;
    if (kind !== 'name' || (!quoted && KEYWORDS.has(value.toUpperCase())))
      this.fail(kind === 'text' ? 'a column (names stand bare or in "double quotes")' : 'a column, NOT or (');
    this.at += 1;
    return { name: value, position };
  }

  private list(): Literal[] {
    if (!this.takeSymbol('(')) this.fail('( and the values');
    const values = [this.literal()];
    while (this.takeSymbol(',')) {
      if (values.length === MOST_VALUES)
        throw new FilterError(`IN takes at most ${MOST_VALUES} values`, this.token.position);
      values.push(this.literal());
    }
    if (!this.takeSymbol(')')) this.fail(', or )');
    return values;
  }

  private literal(): Literal {
    const { kind, value, quoted, position } = this.token;
    const boolean = kind === 'name' && !quoted && /^(true|false)$/i.test(value);
    if (kind !== 'text' && kind !== 'number' && !boolean)
      this.fail("a value: 'text' in single quotes, a number, true or false");
    this.at += 1;
    if (boolean) return { kind: 'boolean', value: value.toLowerCase() === 'true', position };
    return { kind: kind === 'text' ? 'text' : 'number', value, position };
  }

  private get ended(): boolean {
    return this.token.kind === 'end';
  }

  private get token(): Token {
    return this.tokens[this.at] as Token;
  }

  private isWord(word: string): boolean {
    return this.token.kind === 'name' && !this.token.quoted && this.token.value.toUpperCase() === word;
  }

  private take(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.at += 1;
    return true;
  }

  private takeSymbol(symbol: string): boolean {
    if (this.token.kind !== 'symbol' || this.token.value !== symbol) return false;
    this.at += 1;
    return true;
  }

  private fail(expected: string): never {
    const { kind, value, position } = this.token;
    const found =
      kind === 'end' ? 'The filter ends too early' : `Unexpected ${kind === 'text' ? `'${value}'` : value}`;
    throw new FilterError(found, position, expected);
  }
}
