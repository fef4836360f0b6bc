import type { ColumnRole, ColumnType, DatasetColumn } from '@modelyard/contracts';
import { TableError } from '@modelyard/ml-tables';
import type { TableEngine } from '@modelyard/ml-tables';

/** A column of the data, as rules see it. */
export interface CheckedColumn {
  name: string;
  type: ColumnType;
  role: ColumnRole;
  /** SQL for its value, of the SQL type that goes with `type`. */
  value: string;
  /** SQL for its value as text. */
  text: string;
}

/** What is to be checked, and where it lies. */
export interface CheckedRelation {
  name: string;
  columns: CheckedColumn[];
  /** SQL for a row's class. */
  label: string;
  /** SQL for what equal rows have in common. */
  content: string;
}

const SQL_TYPES: Partial<Record<ColumnType, string>> = {
  numeric: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  date: 'TIMESTAMP',
};

/**
 * Finds out how the relation holds the columns: the target is text once a version is stored, and typed before.
 * @throws TableError when the relation has no `row` column, or is no plain name
 */
export async function describeRelation(
  engine: TableEngine,
  relation: string,
  columns: readonly DatasetColumn[],
): Promise<CheckedRelation> {
  // The name comes from code, not from people; this keeps it that way.
  if (!/^[a-z][a-z0-9_]*$/.test(relation)) throw new TableError(`"${relation}" is no name of a relation.`);
  const described = await engine.rows<{ column_name: string; column_type: string }>(`describe ${relation}`);
  const types = new Map(described.map(({ column_name: name, column_type: type }) => [name, type]));
  if (!types.has('row')) throw new TableError(`The relation "${relation}" has no rows with numbers.`);
  const checked = columns.map(({ name, type, role }, index) => {
    const expression = `c${index}`;
    const wanted = SQL_TYPES[type] ?? 'VARCHAR';
    const same = types.get(expression) === wanted;
    return {
      name,
      type,
      role,
      value: same ? expression : `try_cast(${expression} as ${wanted})`,
      text: types.get(expression) === 'VARCHAR' ? expression : `cast(${expression} as varchar)`,
    };
  });
  const target = columns.findIndex(({ role }) => role === 'target');
  return {
    name: relation,
    columns: checked,
    label: types.has('label') ? 'label' : labelOf(checked[target]),
    content: types.has('digest')
      ? 'digest'
      : `hash(${checked.map((_, index) => `c${index}`).join(', ') || '"row"'})`,
  };
}

/** The class as a stored version writes it: whole numbers without a decimal point. */
function labelOf(target: CheckedColumn | undefined): string {
  if (target === undefined) return 'null';
  if (target.type !== 'numeric') return target.text;
  const { value } = target;
  return `case when ${value} = trunc(${value}) and abs(${value}) < 1e15 then ${value}::bigint::varchar else ${value}::varchar end`;
}
