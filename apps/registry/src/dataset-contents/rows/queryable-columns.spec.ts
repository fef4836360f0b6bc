import type { DatasetSchema } from '@modelyard/contracts';
import { queryableColumns } from './queryable-columns';

const table = (names: string[], target: string): DatasetSchema => ({
  kind: 'table',
  shape: [1],
  dtype: 'float32',
  fields: names.map((name) => ({ name, type: 'integer', role: 'feature', nullable: false })),
  target,
  classes: [],
  minimum: 0,
  maximum: 1,
});

it('names a table’s columns, and rows, splits and labels beside them', () => {
  expect(queryableColumns(table(['age', 'grade'], 'grade'))).toEqual([
    { name: 'age', expression: 'c0', type: 'integer' },
    { name: 'grade', expression: 'c1', type: 'categorical' },
    { name: 'row', expression: '"row"', type: 'integer' },
    { name: 'split', expression: 'split', type: 'categorical' },
    { name: 'label', expression: 'label', type: 'categorical' },
  ]);
});

it('lets a table’s own column hide ours', () => {
  const names = queryableColumns(table(['Row', 'label'], 'label')).map(({ name }) => name);
  expect(names).toEqual(['Row', 'label', 'split']);
});
