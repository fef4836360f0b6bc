import { SPLIT_NAMES } from '@modelyard/contracts';
import type { ColumnStatistics, DatasetSchema, DatasetStatistics, SplitName } from '@modelyard/contracts';
import { profileColumns } from '@modelyard/ml-tables';
import type { TableEngine } from '@modelyard/ml-tables';
import { VALUES } from '../build/names';
import type { VersionContent } from '../build/store-version';
import type { BuildOptions } from '../build/version-to-build';
import { countClasses } from './count-classes';
import { describeImages } from './describe-images';
import { findDuplicates } from './find-duplicates';

/** All that is known of the samples in the engine. */
export async function describeSamples(
  { engine, store, signal }: Pick<BuildOptions, 'engine' | 'store' | 'signal'>,
  { schema, parts, images }: VersionContent,
): Promise<DatasetStatistics> {
  const classes = await countClasses(engine);
  const duplicates = await findDuplicates(engine);
  signal?.throwIfAborted();
  return {
    rows: classes.reduce((sum, { rows }) => sum + rows, 0),
    classes,
    splits: Object.fromEntries(
      SPLIT_NAMES.map((name) => [name, classes.reduce((sum, { splits }) => sum + splits[name], 0)]),
    ) as Record<SplitName, number>,
    ...(schema.kind === 'table'
      ? { columns: await describeColumns(engine, schema) }
      : { images: images ?? (await describeImages(engine, store, schema, parts)) }),
    duplicates,
  };
}

async function describeColumns(
  engine: TableEngine,
  { fields = [], target }: DatasetSchema,
): Promise<ColumnStatistics[]> {
  const label = fields.findIndex(({ name }) => name === target);
  const columns = fields.map(({ name, type }, index) => ({
    name,
    index,
    // Classes are texts, whatever the file's values were.
    type: index === label ? ('categorical' as const) : type,
  }));
  return profileColumns(engine, VALUES, columns, { label: `c${label}` });
}
