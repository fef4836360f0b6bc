import type { DatasetStatistics, DatasetWarning, SplitName } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';
import { CLASSES, SAMPLES } from '../build/names';
import type { VersionContent } from '../build/store-version';
import type { BuildOptions } from '../build/version-to-build';

/** What is known of the samples in the engine, and what people should know of them. */
export async function describeSamples(
  { engine }: BuildOptions,
  _content: VersionContent,
): Promise<{ statistics: DatasetStatistics; warnings: DatasetWarning[] }> {
  const classes = await engine.rows<{ name: string; rows: number } & Record<SplitName, number>>(
    `select c.name, count(s.row) as rows,
       ${SPLIT_NAMES.map((name) => `count(*) filter (where s.split = '${name}') as ${name}`).join(', ')}
     from ${CLASSES} c left join ${SAMPLES} s on s.label = c.name group by c.name, c.place order by c.place`,
  );
  const rows = classes.reduce((sum, one) => sum + one.rows, 0);
  const splits = Object.fromEntries(
    SPLIT_NAMES.map((name) => [name, classes.reduce((sum, one) => sum + one[name], 0)]),
  ) as Record<SplitName, number>;
  const statistics: DatasetStatistics = {
    rows,
    classes: classes.map(({ name, rows: count, ...perSplit }) => ({
      name,
      rows: count,
      share: count / rows,
      splits: perSplit,
    })),
    splits,
    duplicates: { rows: 0, acrossSplits: 0, conflictingLabels: 0, examples: [] },
  };
  return { statistics, warnings: [] };
}
