import type { ColumnStatistics } from '@modelyard/contracts';
import { profileColumns } from '@modelyard/ml-tables';
import type { TableEngine } from '@modelyard/ml-tables';
import { targetOf } from '../build/collect-samples';
import { VALUES } from '../build/names';
import type { TableToBuild } from '../build/version-to-build';

/** What is known of each column of the version's table. */
export function describeColumns(
  engine: TableEngine,
  { columns, target }: TableToBuild,
): Promise<ColumnStatistics[]> {
  const label = targetOf(columns, target).index;
  const profiled = columns.map(({ name, type }, index) => ({
    name,
    index,
    // Classes are texts, whatever the file's values were.
    type: index === label ? ('categorical' as const) : type,
  }));
  return profileColumns(engine, VALUES, profiled, { label: `c${label}` });
}
