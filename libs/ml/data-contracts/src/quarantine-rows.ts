import type { DatasetColumn } from '@modelyard/contracts';
import { quoteIdentifier } from '@modelyard/ml-tables';
import type { TableEngine } from '@modelyard/ml-tables';

/** What every quarantine file begins with. */
const ABOUT = ['reason', 'file', 'line', 'column', 'value', 'raw', 'row'];

/**
 * Keeps bad rows aside: writes those of `violations`, and what could not be read (`rejects`), to a Parquet file, and
 * deletes the former from the relation.
 *
 * The file has, for each bad row, `reason`; `file`, `line`, `column`, `value` and `raw` of what could not be read; `row` and
 * the values of what was read: of tables by their columns' names (with `_2` where a name is taken), of images `name`,
 * `label`, `width`, `height`, `channels` and `format`. It is whole before a row is deleted.
 *
 * @param input.path a file in one of the engine's folders; nothing is written when there is no bad row
 * @returns the number of rows in the file
 * @throws TableError when the file cannot be written
 */
export async function quarantineRows(
  engine: TableEngine,
  input: {
    path: string;
    /** All columns of a table, in the order of `c0`, `c1` …; of images none. */
    columns?: readonly DatasetColumn[];
    /** Default `staged`. */
    relation?: string;
    /** Default `violations`, as `checkContract` leaves it. A table that is not there has no rows. */
    table?: string;
  },
): Promise<{ rows: number }> {
  const { path, columns, relation = 'staged', table = 'violations' } = input;
  const tables = await tablesOf(engine);
  const sources: string[] = [];
  if (tables.has(table)) {
    const values = columns ? tableValues(columns) : imageValues(tables.get(relation) ?? new Set());
    sources.push(
      `select v.reason, null::varchar as file, null::bigint as line, null::varchar as "column", null::varchar as value,
        null::varchar as raw, s."row"${values} from ${relation} s join ${table} v on v."row" = s."row"`,
    );
  }
  if (tables.has('rejects')) {
    sources.push(
      `select reason, file, line, column_name as "column", value, raw, null::bigint as "row" from rejects`,
    );
  }
  if (sources.length === 0) return { rows: 0 };
  const bad = sources.map((source) => `(${source})`).join(' union all by name ');
  const { rows } = await engine.row<{ rows: number }>(`select count(*) as rows from (${bad})`);
  if (rows === 0) return { rows };
  await engine.run(
    `copy (select * from (${bad}) order by "row" nulls last, file, line) to '${path.replaceAll("'", "''")}' (format parquet, compression zstd)`,
  );
  if (tables.has(table)) {
    await engine.run(`delete from ${relation} where "row" in (select "row" from ${table})`);
  }
  return { rows };
}

function tableValues(columns: readonly DatasetColumn[]): string {
  const taken = new Set(ABOUT);
  return columns
    .map(({ name }, index) => {
      let free = name;
      // SQL's names do not differ by case alone.
      for (let next = 2; taken.has(free.toLowerCase()); next++) free = `${name}_${next}`;
      taken.add(free.toLowerCase());
      return `, s.c${index} as ${quoteIdentifier(free)}`;
    })
    .join('');
}

function imageValues(known: ReadonlySet<string>): string {
  return ['name', 'label', 'split', 'width', 'height', 'channels', 'format']
    .filter((name) => known.has(name))
    .map((name) => `, s.${name}`)
    .join('');
}

async function tablesOf(engine: TableEngine): Promise<Map<string, Set<string>>> {
  const found = await engine.rows<{ name: string; columns: string[] }>(
    `select table_name as name, list(column_name) as columns from information_schema.columns group by 1`,
  );
  return new Map(found.map(({ name, columns }) => [name, new Set(columns)]));
}
