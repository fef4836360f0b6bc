import type { DatasetSchema, SplitName } from '@modelyard/contracts';
import type { FilterNode, Queryable } from '@modelyard/ml-tables';
import { readFilter } from './explain-query-errors';
import { queryableColumns } from '@modelyard/ml-datasets';

/** A name that no column has and no filter can say. */
const SPLIT: Queryable = { name: '\u0000split', expression: 'split', type: 'categorical' };

/** Some of a version's rows, and what the filter over them may name. */
export interface RowSelection {
  filterable: Queryable[];
  filter?: FilterNode;
}

/**
 * The rows that a request speaks of: those that its filter lets through, in its split.
 * @throws AppError VALIDATION_FAILED that says where the filter is wrong
 */
export function selectRows(
  schema: DatasetSchema,
  { filter: text, split }: { filter?: string; split?: SplitName },
): RowSelection {
  const filter = readFilter(text);
  const filterable = [...queryableColumns(schema), SPLIT];
  if (split === undefined) return { filterable, ...(filter === undefined ? {} : { filter }) };
  const inSplit: FilterNode = {
    kind: 'compare',
    column: { name: SPLIT.name, position: 1 },
    operator: '=',
    value: { kind: 'text', value: split, position: 1 },
  };
  return {
    filterable,
    filter: filter === undefined ? inSplit : { kind: 'and', items: [inSplit, filter] },
  };
}
