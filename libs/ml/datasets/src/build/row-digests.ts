import type { ColumnType, DatasetColumn } from '@modelyard/contracts';

/**
 * SQL for the identity of a table row's values: all columns but the target as text, one after the other, so that two rows
 * have the same text only when all their values are the same. Numbers are written with the fewest digits that tell them
 * apart; texts begin with their length, because they may hold any character.
 */
export function rowTextOf(columns: readonly DatasetColumn[], target: string): string {
  const values = columns.flatMap((column, index) =>
    column.name === target ? [] : [`coalesce(${textOf(`c${index}`, column.type)}, 'N')`],
  );
  return values.length === 0 ? `''` : `concat_ws(chr(31), ${values.join(', ')})`;
}

/** SQL for a 16-byte digest: the first half of the SHA-256 over a text or BLOB. */
export function digestOf(content: string): string {
  return `unhex(substr(sha256(${content}), 1, 32))`;
}

/** SQL for the digest of a sample of a table, from its class and the digest of its values. */
export function labelledDigest(label: string, content: string): string {
  // A zero byte ends the class, so that no class together with values can look like another one.
  return digestOf(`encode(${label}) || '\\x00'::blob || ${content}`);
}

/** SQL for a class as text. Whole numbers are written without a decimal point, whatever they were read as. */
export function labelOf(expression: string, type: ColumnType): string {
  if (type !== 'numeric') return `${expression}::varchar`;
  return `case when ${expression} = trunc(${expression}) and abs(${expression}) < 1e15
    then ${expression}::bigint::varchar else ${expression}::varchar end`;
}

function textOf(column: string, type: ColumnType): string {
  switch (type) {
    case 'numeric':
      // There are two zeros, and they are equal.
      return `(case when ${column} = 0 then 0 else ${column} end)::varchar`;
    case 'integer':
    case 'boolean':
      return `${column}::varchar`;
    case 'date':
      return `epoch_us(${column})::varchar`;
    case 'categorical':
    case 'text':
      return `strlen(${column}) || ':' || ${column}`;
    case 'image':
      throw new RangeError('A column of images is no part of a table');
  }
}
