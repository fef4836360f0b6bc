import { SPLIT_NAMES } from '@modelyard/contracts';
import type { DatasetStatistics, SplitName } from '@modelyard/contracts';
import type { VersionContent } from '../build/store-version';
import type { BuildOptions } from '../build/version-to-build';
import { countClasses } from './count-classes';
import { describeImages } from './describe-images';
import { findDuplicates } from './find-duplicates';

/** All that is known of the samples in the engine. */
export async function describeSamples(
  { engine, store, signal }: Pick<BuildOptions, 'engine' | 'store' | 'signal'>,
  { schema, parts, images, columns }: VersionContent,
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
      ? { ...(columns && { columns }) }
      : { images: images ?? (await describeImages(engine, store, schema, parts)) }),
    duplicates,
  };
}
