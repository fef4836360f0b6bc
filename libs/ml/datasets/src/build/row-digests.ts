import type { ColumnType, DatasetColumn } from '@modelyard/contracts';

/**
 * SQL for the identity of a table row's values: all columns but the target as one BLOB, which two rows share only when all
 * their values are the same. Of each column a byte that says whether there is a value (1) or none (2), and then the value:
 * of numbers and dates 8 bytes, of a boolean one, of a text its bytes, each one higher, and a zero. So DuckDB writes the
 * keys that it sorts rows by, many times faster than numbers become text; both zeros are one, and so is every NaN.
 */
export function rowKeyOf(columns: readonly DatasetColumn[], target: string): string {
  const values = columns.flatMap(({ name, type }, index) => {
    if (type === 'image') throw new RangeError('A column of images is no part of a table');
    return name === target ? [] : [`c${index}`];
  });
  // Keys of few bytes would be numbers: the empty text makes every key a BLOB.
  return `create_sort_key(${[...values, `''`].map((value) => `${value}, 'asc nulls last'`).join(', ')})`;
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
