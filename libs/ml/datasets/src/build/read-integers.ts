import type { Parameter, TableEngine } from '@modelyard/ml-tables';

/**
 * A result of INTEGER columns without NULLs, column by column: for what is too large for objects.
 * @param rows how many rows the result has
 */
export async function readIntegers(
  engine: TableEngine,
  rows: number,
  columns: number,
  statement: string,
  parameters: Parameter[] = [],
): Promise<Int32Array[]> {
  const result = Array.from({ length: columns }, () => new Int32Array(rows));
  let at = 0;
  for await (const chunk of engine.chunks(statement, parameters)) {
    for (let column = 0; column < columns; column++) {
      const { items } = chunk.getColumnVector(column) as unknown as { items: Int32Array };
      result[column]?.set(items.subarray(0, chunk.rowCount), at);
    }
    at += chunk.rowCount;
  }
  if (at !== rows) throw new RangeError(`The result has ${at} rows, not ${rows}`);
  return result;
}
