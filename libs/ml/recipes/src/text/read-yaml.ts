import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import { RecipeError } from '../recipe-error';
import { requireShallow } from './require-shallow';

/** Enough to share a few blocks by anchors, too few for an "alias bomb" to grow. */
const MAX_ALIASES = 50;
const MOST_REPORTED = 20;
/** Some of the parser's messages quote what they found, however long that is. */
const LONGEST_MESSAGE = 200;

interface SyntaxProblem {
  offset: number;
  message: string;
}

/**
 * Reads one YAML 1.2 document (core schema: no dates, no custom tags, no merge keys), in time linear in its length.
 *
 * @returns plain data
 * @throws RecipeError naming line and column of each syntax error and duplicate key
 */
export function readYaml(text: string): unknown {
  requireShallow(text);
  const lines = new LineCounter();
  try {
    const document = withoutStacks(() =>
      parseDocument(text, {
        version: '1.2',
        schema: 'core',
        merge: false,
        // The parser's own check compares each key with each other one, which takes seconds for hostile texts.
        uniqueKeys: false,
        strict: true,
        prettyErrors: false,
        lineCounter: lines,
        // Not `silent`: that hides a second document, too.
        logLevel: 'error',
      }),
    );
    const wrong = [...syntaxProblems(document), ...duplicateKeys(document)];
    if (wrong.length === 0) return document.toJS({ maxAliasCount: MAX_ALIASES });
    throw new RecipeError(
      wrong.slice(0, MOST_REPORTED).map(({ offset, message }) => {
        const { line, col } = lines.linePos(offset);
        return { path: '', message: `Line ${line}, column ${col} cannot be read: ${shortened(message)}` };
      }),
    );
  } catch (error) {
    if (error instanceof RecipeError) throw error;
    throw new RecipeError([{ path: '', message: `The recipe cannot be read: ${reasonOf(error)}` }]);
  }
}

/** A hostile text has an error at each character, and 65,000 stacks that nobody reads would take seconds. */
function withoutStacks<T>(parse: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return parse();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function shortened(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}

function syntaxProblems(document: Document.Parsed): SyntaxProblem[] {
  return [...document.errors, ...document.warnings].map(({ pos, message }) => ({ offset: pos[0], message }));
}

function duplicateKeys(document: Document.Parsed): SyntaxProblem[] {
  const found: SyntaxProblem[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name))
          found.push({ offset: key.range?.[0] ?? 0, message: `the key "${name}" stands here twice` });
        seen.add(name);
      }
    },
  });
  return found;
}

function reasonOf(error: unknown): string {
  // yaml throws these for aliases that grow too much, and for those whose anchor does not come before.
  if (error instanceof ReferenceError) return `one of its aliases is wrong: ${shortened(error.message)}`;
  // Anything else comes from nesting within a line (`- - - -`), which the parser follows by recursion.
  return 'it is nested too deeply';
}
