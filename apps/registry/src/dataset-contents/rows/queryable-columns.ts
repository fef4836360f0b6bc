import type { ColumnType, DatasetSchema } from '@modelyard/contracts';
import type { Queryable } from '@modelyard/ml-tables';

const ALWAYS: Queryable[] = [
  { name: 'row', expression: '"row"', type: 'integer' },
  { name: 'split', expression: 'split', type: 'categorical' },
  { name: 'label', expression: 'label', type: 'categorical' },
];
const OF_IMAGES: Queryable[] = [
  ['name', 'text'],
  ['width', 'integer'],
  ['height', 'integer'],
  ['channels', 'integer'],
  ['format', 'categorical'],
].map(([name, type]) => ({ name: name as string, expression: `"${name}"`, type: type as ColumnType }));

/** What a version's rows hold: the columns of a table in the order of the file, what is known of an image's file. */
export function valueColumns({ kind, fields = [], target }: DatasetSchema): Queryable[] {
  if (kind === 'image') return OF_IMAGES;
  return fields.map(({ name, type }, index) => ({
    name,
    expression: `c${index}`,
    // Classes are texts, whatever the file's values were.
    type: name === target ? 'categorical' : type,
  }));
}

/** What a filter and a sort order may name: the values, and beside them each row's number, split and label. A table's own column of such a name hides ours. */
export function queryableColumns(schema: DatasetSchema): Queryable[] {
  const values = valueColumns(schema);
  const taken = new Set(values.map(({ name }) => name.toLowerCase()));
  return [...values, ...ALWAYS.filter(({ name }) => !taken.has(name))];
}
