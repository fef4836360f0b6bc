import type { ClassStatistics, SplitName } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { CLASSES, SAMPLES } from '../build/names';

/** How many samples of the version each class has, in the schema's order, and how many of them are in each split. */
export async function countClasses(engine: TableEngine): Promise<ClassStatistics[]> {
  const splits = SPLIT_NAMES.map((name) => `count(*) filter (where s.split = '${name}') as ${name}`);
  const classes = await engine.rows<{ name: string; rows: number } & Record<SplitName, number>>(
    `select c.name, count(*) as rows, ${splits.join(', ')}
     from ${CLASSES} c join ${SAMPLES} s on s.label = c.name group by c.name, c.place order by c.place`,
  );
  const total = classes.reduce((sum, { rows }) => sum + rows, 0);
  return classes.map(({ name, rows, train, validation, test }) => ({
    name,
    rows,
    share: rows / total,
    splits: { train, validation, test },
  }));
}
