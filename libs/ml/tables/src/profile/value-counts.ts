import type { TableEngine } from '../engine/table-engine';

export interface ValueCounts {
  /** The most frequent first; of equal counts by code point. */
  top: { value: string; rows: number }[];
  /** How many values there are. */
  distinct: number;
  missing: number;
  rows: number;
}

/**
 * Counts a column's values as texts, exactly.
 * @param column SQL of the caller's own, such as `c3` or `label`
 * @param most values that are named. Default 50
 */
export async function valueCounts(
  engine: TableEngine,
  relation: string,
  column: string,
  most = 50,
): Promise<ValueCounts> {
  const rows = await engine.rows<{
    value: string | null;
    n: number;
    distinct: number;
    missing: number;
    all: number;
  }>(
    `with counts as (select ${column} as value, count(*) as n from ${relation} group by 1)
      select value::varchar as value, n, count(value) over () as "distinct",
        coalesce(sum(n) filter (value is null) over (), 0)::bigint as missing, (sum(n) over ())::bigint as "all"
      from counts order by value is null, n desc, value limit ${Math.max(1, Math.trunc(most))}`,
  );
  const [first] = rows;
  return {
    top: rows.flatMap(({ value, n }) => (value === null ? [] : [{ value, rows: n }])),
    distinct: first?.distinct ?? 0,
    missing: first?.missing ?? 0,
    rows: first?.all ?? 0,
  };
}
