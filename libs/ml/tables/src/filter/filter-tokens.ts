import { FilterError } from './filter-error';

export interface Token {
  kind: 'name' | 'text' | 'number' | 'symbol' | 'end';
  /** A name or text without its quotes, a symbol, or the digits of a number. */
  value: string;
  /** Whether a name stood in quotes, and so is no keyword. */
  quoted: boolean;
  /** Of its first character, from 1. */
  position: number;
}

const LONGEST = 10_000;
const SYMBOLS = ['!=', '<>', '<=', '>=', '=', '<', '>', '(', ')', ','];
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_.]*/uy;

/** Splits a filter into its words. The last token is of kind `end`. @throws FilterError */
export function filterTokens(text: string): Token[] {
  if (text.length > LONGEST)
    throw new FilterError(`The filter has ${text.length} characters; ${LONGEST} are allowed`, LONGEST + 1);
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token.token);
    at = skipSpace(text, token.end);
  }
  return [...tokens, { kind: 'end', value: 'the end', quoted: false, position: text.length + 1 }];
}

function tokenAt(text: string, at: number): { token: Token; end: number } {
  const position = at + 1;
  const character = text.charAt(at);
  if (character === "'" || character === '"' || character === '`') {
    const { value, end } = quotedAt(text, at, character);
    const kind = character === "'" ? 'text' : 'name';
    if (kind === 'name' && value === '') throw new FilterError('A name is empty', position, 'a column');
    return { token: { kind, value, quoted: true, position }, end };
  }
  const number = matchAt(NUMBER, text, at);
  if (number !== undefined)
    return { token: { kind: 'number', value: number, quoted: false, position }, end: at + number.length };
  const name = matchAt(NAME, text, at);
  if (name !== undefined)
    return { token: { kind: 'name', value: name, quoted: false, position }, end: at + name.length };
  const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, at));
  if (symbol === undefined)
    throw new FilterError(
      `${JSON.stringify(character)} means nothing in a filter`,
      position,
      'a column, a value, an operator or a parenthesis (text stands in \'single quotes\', unusual names in "double quotes")',
    );
  return { token: { kind: 'symbol', value: symbol, quoted: false, position }, end: at + symbol.length };
}

/** A quote inside is doubled. */
function quotedAt(text: string, at: number, quote: string): { value: string; end: number } {
  let value = '';
  for (let i = at + 1; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (character !== quote) value += character;
    else if (text.charAt(i + 1) === quote) {
      value += quote;
      i += 1;
    } else return { value, end: i + 1 };
  }
  throw new FilterError(`The ${quote} is not closed`, at + 1, `another ${quote}`);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}
