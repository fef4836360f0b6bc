import type { Queryable } from '@modelyard/ml-tables';
import { AppError } from '@modelyard/platform-errors';

const NAME = /\s*(?:"((?:[^"]|"")+)"|([^",]+?))\s*(?:,|$)/y;

/**
 * Reads a list of columns: `age,"a name, with a comma"`.
 * @throws AppError VALIDATION_FAILED naming the column that there is not
 */
export function chooseColumns(text: string | undefined, columns: Queryable[]): Queryable[] {
  if (text === undefined) return columns;
  const byName = new Map(columns.map((column) => [column.name, column]));
  const chosen = new Set<Queryable>();
  for (const name of readNames(text)) {
    const column = byName.get(name);
    if (column === undefined) throw refused(`names '${name}', which is no column of this version`);
    chosen.add(column);
  }
  return [...chosen];
}

function readNames(text: string): string[] {
  const names: string[] = [];
  let at = 0;
  while (at < text.length) {
    NAME.lastIndex = at;
    const found = NAME.exec(text);
    if (found === null) {
      throw refused(
        `cannot be read at character ${at + 1}: names with commas between them, those with a comma in "double quotes"`,
      );
    }
    names.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    at = NAME.lastIndex;
  }
  if (names.length === 0) throw refused('must name at least one column');
  return names;
}

function refused(message: string): AppError {
  return new AppError('VALIDATION_FAILED', `columns ${message}`, { fields: [{ path: 'columns', message }] });
}
