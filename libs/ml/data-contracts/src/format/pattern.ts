import { describeValue } from '@modelyard/ml-recipes';
import type { Field } from '@modelyard/ml-recipes';

const LONGEST = 1000;
/** What RE2 leaves out, because it could take forever. */
const BACKTRACKING: readonly [RegExp, string][] = [
  [/\(\?<?[=!]/, 'looks ahead or behind'],
  [/\\[1-9]/, 'refers back to a group'],
  [/\(\?>|[+*?}]\+/, 'uses atomic groups or possessive quantifiers'],
];
/** Sets of characters, and characters that are escaped: nothing in them is syntax. */
const LITERAL = /\\[^1-9]|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]/gs;
/** What RE2 has, and JavaScript has not: patterns with it are not tried here. */
const RE2_ONLY = /\(\?[a-zA-Z-]+[:)]|\(\?P?<|\[\[:|\\[pPAzQEC]/;

/** A regular expression in RE2's syntax. What this lets pass and RE2 does not is found before data are checked. */
export function pattern(): Field<string> {
  return {
    schema: { type: 'string', minLength: 1, maxLength: LONGEST },
    read(value, place) {
      if (typeof value !== 'string' || value === '') {
        return place.report(`is ${describeValue(value)}, expected a regular expression (RE2)`);
      }
      if (value.length > LONGEST) {
        return place.report(`has ${value.length} characters, at most ${LONGEST} are allowed`);
      }
      const outside = BACKTRACKING.find(([form]) => form.test(value.replaceAll(LITERAL, 'x')));
      if (outside) return place.report(`${outside[1]}, which RE2 cannot; write it without`);
      const error = RE2_ONLY.test(value) ? undefined : syntaxError(value);
      return error === undefined ? value : place.report(`is no regular expression: ${error}`);
    },
  };
}

function syntaxError(text: string): string | undefined {
  try {
    new RegExp(text);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '');
  }
}
