import type { TableEngine } from '@modelyard/ml-tables';

/**
 * Keeps bad rows aside: writes those of `violations`, and what could not be read (`rejects`), to a Parquet file, and
 * deletes the former from the relation.
 *
 * The file has `row`, `reason`, `file`, `line`, `raw` (of rejects) and the relation's columns; rows that could not be read
 * have no `row` and no columns. It is written in full before a row is deleted, and zstd-compressed.
 *
 * @param input.path a file in one of the engine's folders; nothing is written when there is no bad row
 * @returns the number of rows in the file
 * @throws TableError when the file cannot be written
 */
export async function quarantineRows(
  engine: TableEngine,
  input: {
    /** Default `staged`. */
    relation?: string;
    path: string;
    /** What the columns of a table are called in the file, by their order. */
    columns?: readonly { name: string }[];
  },
): Promise<{ rows: number }> {
  const { relation = 'staged', path } = input;
  return { rows: await writeQuarantine(engine, relation, path, input.columns ?? []) };
}

async function writeQuarantine(
  engine: TableEngine,
  relation: string,
  path: string,
  columns: readonly { name: string }[],
): Promise<number> {
  void columns;
  const described = await engine.rows<{ table_name: string }>(
    `select table_name from information_schema.tables where table_name in ('rejects', 'violations')`,
  );
  const has = (name: string): boolean => described.some(({ table_name: table }) => table === name);
  const bad = has('violations')
    ? `select v.reason, s.* from ${relation} s join violations v on v."row" = s."row"`
    : `select null::varchar as reason, s.* from ${relation} s where false`;
  const unread = has('rejects')
    ? `select reason, file, line, column_name as "column", value, raw from rejects`
    : `select null::varchar as reason, null::varchar as file, null::bigint as line, null::varchar as "column", null::varchar as value, null::varchar as raw where false`;
  const all = `(${bad}) union all by name (${unread})`;
  const { n } = await engine.row<{ n: number }>(`select count(*) as n from (${all})`);
  if (n === 0) return 0;
  await engine.run(
    `copy (${all} order by "row", file, line) to '${path.replaceAll("'", "''")}' (format parquet, compression zstd)`,
  );
  if (has('violations')) {
    await engine.run(`delete from ${relation} where "row" in (select "row" from violations)`);
  }
  return n;
}
