import type { DataProblem, ImportError } from '@modelyard/contracts';

/** An import's error in one line: what it is, where it is found first, and how much more there is. */
export function sayImportError({ message, problems, problemCount }: ImportError): string {
  const [first] = problems;
  if (first === undefined) return message;
  const says = message.includes(first.message) ? message : `${message} ${sayProblem(first)}`;
  const more = problemCount - 1;
  return more > 0 ? `${says} (and ${more} more ${more === 1 ? 'problem' : 'problems'})` : says;
}

function sayProblem({ file, line, column, message }: DataProblem): string {
  const where = [
    file,
    line === undefined ? undefined : `line ${line}`,
    column === undefined ? undefined : `column ${column}`,
  ].filter((part) => part !== undefined);
  return where.length === 0 ? message : `${where.join(', ')}: ${message}`;
}
