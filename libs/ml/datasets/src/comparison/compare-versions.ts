import type { DatasetComparison, DatasetStatistics } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import type { StoredVersion } from '../read/stored-version';
import { compareColumns } from './compare-columns';
import { comparePixels } from './compare-pixels';
import { compareRows } from './compare-rows';
import { compareSchemas } from './compare-schemas';

/** All of a comparison but what only the caller knows: which versions these are. */
export type VersionComparison = Omit<DatasetComparison, 'dataset' | 'from' | 'to'>;

/**
 * Says what became of one version in another: schema, rows by their content, classes, and distributions side by side over
 * the bins of `from`. Content is all values of a row but its class; the columns' names are no part of it, their order is.
 *
 * @param engine both versions are attached to it
 * @throws DatasetError when one is not attached; TableError when the engine is interrupted
 */
export async function compareVersions(
  engine: TableEngine,
  from: StoredVersion,
  to: StoredVersion,
): Promise<VersionComparison> {
  const [before, after] = await Promise.all([from.statistics(), to.statistics()]);
  const schema = compareSchemas(from.manifest.schema, to.manifest.schema);
  const { examples, ...rows } = await compareRows(engine, from.samples, to.samples);
  const images = before.images && after.images ? [comparePixels(before, after)] : [];
  const sameRows = rows.unchanged === rows.from && rows.unchanged === rows.to;
  return {
    sameContent: sameRows && schema.columnsAdded.length === 0 && schema.columnsRemoved.length === 0,
    schema,
    rows,
    relabelledExamples: examples,
    classes: compareClasses(before, after),
    columns: [...(await compareColumns(engine, from, to, before, after)), ...images],
  };
}

function compareClasses(before: DatasetStatistics, after: DatasetStatistics): DatasetComparison['classes'] {
  const rowsBefore = new Map(before.classes.map(({ name, rows }) => [name, rows]));
  const rowsAfter = new Map(after.classes.map(({ name, rows }) => [name, rows]));
  return [...new Set([...rowsBefore.keys(), ...rowsAfter.keys()])].map((name) => ({
    name,
    from: rowsBefore.get(name) ?? 0,
    to: rowsAfter.get(name) ?? 0,
  }));
}
