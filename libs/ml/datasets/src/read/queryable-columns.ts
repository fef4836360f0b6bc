import type { ColumnType, DatasetSchema } from '@modelyard/contracts';
import type { Queryable } from '@modelyard/ml-tables';

const ALWAYS: Queryable[] = [
  { name: 'row', expression: '"row"', type: 'integer' },
  { name: 'split', expression: 'split', type: 'categorical' },
  { name: 'label', expression: 'label', type: 'categorical' },
];
const OF_IMAGES: [string, ColumnType][] = [
  ['name', 'text'],
  ['width', 'integer'],
  ['height', 'integer'],
  ['channels', 'integer'],
  ['format', 'categorical'],
];

/**
 * What a filter over the samples of an attached version may name: a table's columns, what is known of an image's file, and
 * each row's number, split and label. A table's own column of such a name hides ours.
 */
export function queryableColumns({ kind, fields = [], target }: DatasetSchema): Queryable[] {
  const values: Queryable[] =
    kind === 'image'
      ? OF_IMAGES.map(([name, type]) => ({ name, expression: `"${name}"`, type }))
      : fields.map(({ name, type }, index) => ({
          name,
          expression: `c${index}`,
          // Classes are texts, whatever the file's values were.
          type: name === target ? 'categorical' : type,
        }));
  const taken = new Set(values.map(({ name }) => name.toLowerCase()));
  return [...values, ...ALWAYS.filter(({ name }) => !taken.has(name))];
}
