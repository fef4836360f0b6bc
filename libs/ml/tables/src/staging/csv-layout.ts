import { open } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { UnreadableData } from '@modelyard/contracts';
import type { DataProblem } from '@modelyard/contracts';
import type { PreparedText } from './prepare-text';
import { readRecords } from './read-records';
import { MOST_COLUMNS } from './stage-options';
import type { StageOptions } from './stage-options';

/** How a CSV file is written. */
export interface CsvLayout {
  names: string[];
  delimiter: string;
  quote: string;
  header: boolean;
}

const HEAD = 1 << 20;
const DELIMITERS = [',', '\t', ';', '|'];
const SAMPLE = 20;
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/**
 * Reads names, delimiter and header off the beginning of a file, before DuckDB sees it.
 * @throws UnreadableData for a name that stands twice, more columns than are allowed, or options that mean nothing
 */
export async function csvLayoutOf(text: PreparedText, options: StageOptions['csv'] = {}): Promise<CsvLayout> {
  const file = text.source.name;
  const fail = (message: string, problem: Partial<DataProblem> = {}): never => {
    throw new UnreadableData(`${file}: ${message}`, [{ file, message, ...problem }]);
  };
  const quote = options.quote ?? '"';
  if (options.delimiter !== undefined && !/^[^\r\n]$/u.test(options.delimiter))
    fail('csv.delimiter has to be a single character.');
  if (quote.length > 1 || quote === '\n' || quote === '\r' || (quote !== '' && quote === options.delimiter))
    fail(
      'csv.quote has to be a single character other than the delimiter, or empty where nothing is quoted.',
    );
  const head = await headOf(text.path);
  const line = firstLine(head.text);
  if (!isUtf8(head.bytes))
    fail('The file is not UTF-8. Say csv.encoding "latin-1" or "utf-16", or convert it.', { line: 1 });
  const delimiter = options.delimiter ?? likelyDelimiter(head.text, quote);
  // Counted in the line alone, so that a million columns cost nothing.
  if (occurrences(line, delimiter) > MOST_COLUMNS * 2 || line.length >= HEAD)
    fail(`The first line has more than ${MOST_COLUMNS} columns.`, { line: 1 });
  const [first = []] = readRecords(head.text, delimiter, quote, 1);
  if (first.length > MOST_COLUMNS)
    fail(`The first line has ${first.length} columns; ${MOST_COLUMNS} are allowed.`, { line: 1 });
  const header = options.header ?? !first.some((field) => NUMBER.test(field));
  const names = first.map((field, i) => (header && field.trim() !== '' ? field.trim() : `column ${i + 1}`));
  const twice = namesThatRepeat(names);
  if (twice.length > 0)
    throw new UnreadableData(
      `${file}: ${twice.length === 1 ? `the column name ${JSON.stringify(twice[0])} stands` : 'column names stand'} more than once.`,
      twice.map((column) => ({
        file,
        line: 1,
        column,
        message: 'The name stands more than once. Rename all but one.',
      })),
    );
  return { names, delimiter, quote, header };
}

/** Names that differ in nothing but case count as the same: DuckDB, Parquet and people mix them up. */
export function namesThatRepeat(names: string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const key = name.toLowerCase();
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

async function headOf(path: string): Promise<{ text: string; bytes: Buffer }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    // A character at the end may be cut in two.
    let end = bytesRead;
    if (bytesRead === HEAD) while (end > HEAD - 4 && ((buffer[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
    if (bytesRead === HEAD && end > 0 && ((buffer[end - 1] ?? 0) & 0xc0) === 0xc0) end -= 1;
    const bytes = buffer.subarray(0, end);
    return { text: bytes.toString('utf8'), bytes: bytes.subarray(0, firstLineLength(bytes)) };
  } finally {
    await file.close();
  }
}

function firstLineLength(bytes: Buffer): number {
  const end = bytes.indexOf(0x0a);
  return end === -1 ? bytes.length : end;
}

function firstLine(text: string): string {
  return /^[\r\n]*[^\r\n]*/.exec(text)?.[0] ?? '';
}

function occurrences(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

/** The delimiter that gives most of the first records the same number of fields, and of those the greatest number. */
function likelyDelimiter(text: string, quote: string): string {
  const sample = text.slice(0, 1 << 16);
  const line = firstLine(sample);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    if (!line.includes(delimiter)) continue;
    const records = readRecords(sample, delimiter, quote, SAMPLE);
    const fields = records[0]?.length ?? 1;
    if (fields < 2) continue;
    const alike = records.filter((record) => record.length === fields).length / records.length;
    const score = alike + Math.min(fields, MOST_COLUMNS) / (MOST_COLUMNS * 2);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
