import { CST, Lexer, parseDocument } from 'yaml';
import { PackageError } from '../package-error';
import { PACKAGE_LIMITS } from './limits';

const OPENING = new Set<CST.TokenType | null>(['flow-seq-start', 'flow-map-start']);
const CLOSING = new Set<CST.TokenType | null>(['flow-seq-end', 'flow-map-end']);

/**
 * Reads YAML of unknown origin; every scalar stays text. The parser's time grows with the square of the keys and of
 * the errors (a minute for 400 kB), so the text is first cut into tokens, which is linear, and these are counted.
 * @throws PackageError for YAML that is broken, has aliases, custom tags or a key twice, or is beyond `PACKAGE_LIMITS`
 */
export function parseBoundedYaml(content: Buffer | string, file: string): unknown {
  const size = Buffer.byteLength(content);
  if (size > PACKAGE_LIMITS.mlmodelBytes) {
    throw new PackageError(`has ${size} bytes, at most ${PACKAGE_LIMITS.mlmodelBytes}`, file);
  }
  const text = content.toString();
  const excess = excessOf(text);
  if (excess !== undefined) throw new PackageError(excess, file);
  try {
    // With the failsafe schema an id of digits stays as it was written.
    const document = parseDocument(text, { schema: 'failsafe', strict: true });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw problem;
    // Not one alias: a few lines of them can stand for gigabytes.
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new PackageError(`is not readable YAML (${reason})`, file);
  }
}

function excessOf(text: string): string | undefined {
  const { mlmodelTokens, mlmodelDepth } = PACKAGE_LIMITS;
  let tokens = 0;
  let depth = 0;
  for (const source of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > mlmodelTokens) return `has more than ${mlmodelTokens} tokens of YAML`;
    const type = CST.tokenType(source);
    if (OPENING.has(type)) depth += 1;
    if (CLOSING.has(type)) depth -= 1;
    if (depth > mlmodelDepth) return `nests more than ${mlmodelDepth} brackets`;
  }
  return undefined;
}
