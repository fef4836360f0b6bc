import type { TableEngine } from '../engine/table-engine';
import { TableError } from '../table-error';
import { isTellable } from './column-checks';
import { guessTypes, textKind } from './infer-types';
import { loadFiles } from './load-files';
import type { LoadedFiles } from './load-files';
import type { LoadPlan, PlannedColumn } from './load-plan';
import { checkClasses, planColumns } from './plan-columns';
import type { FindTypes } from './plan-columns';
import type { SourceFile } from './source-file';
import type { StageOptions } from './stage-options';
import type { TableSource } from './table-source';

/**
 * Reads files in one pass where that can be done: with types that are guessed from the first rows, every value is checked
 * while it is read. The types that come of it are those of `inferTypes`.
 * @returns undefined where a guess does not hold: then nothing is left in the engine
 */
export async function loadSuiting(
  engine: TableEngine,
  files: SourceFile[],
  source: TableSource,
  options: StageOptions,
): Promise<LoadedFiles | undefined> {
  if (source.loadSuiting === undefined) return undefined;
  const load = source.loadSuiting.bind(source);
  try {
    let sure = true;
    const findTypes: FindTypes = async (given) => {
      const open = given.flatMap((type, i) => (type === undefined ? [i] : []));
      const guesses = await guessTypes(engine, source.text, open);
      sure = [...guesses.values()].every(({ all }) => all);
      return given.map((type, i) => ({
        type: type ?? guesses.get(i)?.type ?? 'text',
        values: 0,
        suiting: 0,
      }));
    };
    const planned = await planColumns(engine, files, source, options, findTypes);
    if (!sure) return undefined;
    const loaded = await loadFiles(engine, files, source, options, planned, load);
    await settleTypes(engine, loaded.plan, (i) => given(loaded.plan.columns[i], options));
    return { ...loaded, suiting: true };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof TableError) || /^Out of Memory/.test(error.message)) throw error;
    await engine.run('drop table if exists staged');
    await engine.run('drop table if exists rejects');
    return undefined;
  }
}

function given(column: PlannedColumn | undefined, { columns = {} }: StageOptions): boolean {
  const name = column?.name ?? '';
  return Object.hasOwn(columns, name) && columns[name]?.type !== undefined;
}

const COLUMNS_AT_ONCE = 256;

/** What is not known before all values are: which texts are categories, and which columns are empty. */
async function settleTypes(
  engine: TableEngine,
  plan: LoadPlan,
  isGiven: (i: number) => boolean,
): Promise<void> {
  for (let start = 0; start < plan.columns.length; start += COLUMNS_AT_ONCE) {
    const batch = plan.columns.slice(start, start + COLUMNS_AT_ONCE);
    const wanted = batch.flatMap((column, k) => {
      const i = start + k;
      const counted = [`count(c${i}) as v${i}`];
      if (!isTellable(column.type)) counted.push(`approx_count_distinct(c${i}) as d${i}`);
      if (column.type === 'text') counted.push(`coalesce(avg(length(c${i})), 0) as l${i}`);
      return counted;
    });
    const row = await engine.row<Record<string, number>>(
      `select count(*) as "rows", ${wanted.join(', ')} from staged`,
    );
    for (const [k, column] of batch.entries()) {
      const i = start + k;
      column.values = column.suiting = row[`v${i}`] ?? 0;
      if (i === plan.target) checkClasses({ ...column, distinct: row[`d${i}`] ?? 0 });
      else if (isGiven(i) || column.from === undefined) continue;
      else if (column.values === 0) column.type = 'categorical';
      else if (column.type === 'text')
        column.type = textKind(row[`d${i}`] ?? 0, row[`l${i}`] ?? 0, row['rows'] ?? 0);
    }
  }
}
