import fc from 'fast-check';
import { FilterError } from './filter-error';
import type { FilterNode, Literal } from './filter-node';
import { parseFilter } from './parse-filter';

const name = fc.oneof(
  fc.constantFrom(
    'age',
    'Größe',
    'a.b',
    '_x1',
    'and',
    'NOT',
    'true',
    'null',
    'a "b" `c`',
    "it's",
    '1st',
    ' ',
    'a,b',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
);
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc
    .string({ unit: 'grapheme', maxLength: 8 })
    .map((value): Literal => ({ kind: 'text', value, position: 0 })),
  fc
    .oneof(
      fc.bigInt().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.constantFrom('.5', '5.', '+1e3'),
    )
    .map((value): Literal => ({ kind: 'number', value, position: 0 })),
  fc.boolean().map((value): Literal => ({ kind: 'boolean', value, position: 0 })),
);
const column = name.map((text) => ({ name: text, position: 0 }));
const negated = fc.boolean();
const condition: fc.Arbitrary<FilterNode> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    column,
    operator: fc.constantFrom(
      '=' as const,
      '!=' as const,
      '<' as const,
      '<=' as const,
      '>' as const,
      '>=' as const,
    ),
    value: literal,
  }),
  fc.record({
    kind: fc.constant('like' as const),
    column,
    negated,
    ignoreCase: fc.boolean(),
    pattern: fc.string({ maxLength: 6 }).map((value): Literal => ({ kind: 'text', value, position: 0 })),
  }),
  fc.record({
    kind: fc.constant('in' as const),
    column,
    negated,
    values: fc.array(literal, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('between' as const), column, negated, low: literal, high: literal }),
  fc.record({ kind: fc.constant('null' as const), column, negated }),
);
const { node } = fc.letrec<{ node: FilterNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    condition,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      items: fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), item: tie('node') }),
  ),
}));

const quoted = (text: string, quote: string): string => quote + text.replaceAll(quote, quote + quote) + quote;

function printed(value: Literal): string {
  return value.kind === 'text' ? quoted(value.value, "'") : String(value.value);
}

type Condition = Exclude<FilterNode, { kind: 'and' | 'or' | 'not' }>;

function print(filter: FilterNode): string {
  if (filter.kind === 'and' || filter.kind === 'or')
    return filter.items.map((item) => `(${print(item)})`).join(` ${filter.kind} `);
  if (filter.kind === 'not') return `not (${print(filter.item)})`;
  return printCondition(filter as Condition);
}

function printCondition(filter: Condition): string {
  const of = quoted(filter.column.name, filter.column.name.length % 2 === 0 ? '"' : '`');
  const not = 'negated' in filter && filter.negated ? 'NOT ' : '';
  switch (filter.kind) {
    case 'compare':
      return `${of}${filter.operator}${printed(filter.value)}`;
    case 'like':
      return `${of} ${not}${filter.ignoreCase ? 'iLike' : 'LIKE'} ${printed(filter.pattern)}`;
    case 'in':
      return `${of} ${not}in(${filter.values.map(printed).join(' ,\n')})`;
    case 'between':
      return `${of} ${not}between ${printed(filter.low)} and ${printed(filter.high)}`;
    case 'null':
      return `${of} is ${not}null`;
  }
}

/** Where words stood is no part of what they mean. */
const meaning = (filter: FilterNode): unknown =>
  JSON.parse(JSON.stringify(filter, (key, value: unknown) => (key === 'position' ? undefined : value)));

describe('parseFilter', () => {
  it('reads what was written, whatever names and values there are', () => {
    fc.assert(
      fc.property(node, (filter) => expect(meaning(parseFilter(print(filter)))).toEqual(meaning(filter))),
    );
  });

  it('reads any text, or says where it is wrong', () => {
    const words = fc.constantFrom(
      'age',
      '"',
      "'",
      '`',
      '(',
      ')',
      'and',
      'not',
      'in',
      'is',
      'null',
      '=',
      '<',
      "'a'",
      '1',
      ',',
      ' ',
      'like',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 12 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, (filter) => {
        try {
          parseFilter(filter);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterError);
          const { position } = error as FilterError;
          expect(position).toBeGreaterThanOrEqual(1);
          expect(position).toBeLessThanOrEqual(filter.length + 1);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets AND bind closer than OR, and NOT closer than both', () => {
    expect(meaning(parseFilter('a = 1 OR NOT b = 2 AND c = 3'))).toEqual(
      meaning(parseFilter('(a = 1) or ((not (b = 2)) and (c = 3))')),
    );
  });

  it.each([
    ['', 1, 'The filter is empty'],
    ['age >', 6, 'The filter ends too early'],
    ['age > 1 age', 9, 'Unexpected age'],
    ["name = 'x", 8, "The ' is not closed"],
    ['"" = 1', 1, 'A name is empty'],
    ['name = NULL', 8, 'Nothing compares to NULL'],
    ['age in ()', 9, 'Unexpected )'],
    ['(age = 1', 9, 'The filter ends too early'],
    ['age ; 1', 5, '";" means nothing in a filter'],
    ["'age' = 1", 1, "Unexpected 'age'"],
    ['not = 1', 5, 'Unexpected ='],
    [`${'('.repeat(101)}a = 1${')'.repeat(101)}`, 102, 'The filter nests more than 100 deep'],
    [`a in (${Array.from({ length: 1_001 }, () => '1').join(',')})`, 2007, 'IN takes at most 1000 values'],
    [`a = '${'x'.repeat(10_000)}'`, 10_001, 'The filter has 10006 characters; 10000 are allowed'],
  ])('refuses %.20s', (text, position, message) => {
    try {
      parseFilter(text);
    } catch (error) {
      expect(error).toBeInstanceOf(FilterError);
      expect((error as FilterError).message).toContain(message);
      expect({ position: (error as FilterError).position }).toEqual({ position });
      return;
    }
    throw new Error('The filter was taken.');
  });
});
