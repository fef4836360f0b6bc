import type { DatasetSchema } from '@modelyard/contracts';
import { queryableColumns } from '@modelyard/ml-datasets';
import type { Queryable } from '@modelyard/ml-tables';

const OF_EACH_ROW = new Set(['"row"', 'split', 'label']);

/** What a version's rows hold: the columns of a table in the order of the file, what is known of an image's file. */
export function valueColumns(schema: DatasetSchema): Queryable[] {
  return queryableColumns(schema).filter(({ expression }) => !OF_EACH_ROW.has(expression));
}
