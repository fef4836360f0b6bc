import { UnreadableData } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import { TableError } from '../table-error';
import { csvTableSource } from './csv-table-source';
import { jsonlTableSource } from './jsonl-table-source';
import { loadAny } from './load-files';
import { STORED_TYPES } from './load-plan';
import { loadSuiting } from './load-suiting';
import { parquetTableSource } from './parquet-table-source';
import { refuseValues } from './refuse-values';
import { firstProblems } from './rejects';
import type { SourceFile } from './source-file';
import type { StagedTable, StageOptions } from './stage-options';
import type { TableSource } from './table-source';

const SOURCES = { csv: csvTableSource, jsonl: jsonlTableSource, parquet: parquetTableSource };

/**
 * Reads files of the same columns into the relation `staged(row, split, c0 …)`, with types, and what cannot be read into
 * `rejects(file, line, column_name, value, reason, raw)`. `row` counts from 0 in order of arrival and may have gaps. A
 * column `split` or `__split__` that holds nothing but train, validation (val) and test becomes the split. Rows without a
 * class are rejected.
 * @throws UnreadableData when the files cannot be read as this format, or rows cannot while `badRows` is `reject`
 * @throws the signal's reason when it is aborted
 */
export async function stageTable(
  engine: TableEngine,
  files: SourceFile[],
  options: StageOptions,
): Promise<StagedTable> {
  const interrupt = (): void => engine.interrupt();
  options.signal?.throwIfAborted();
  options.signal?.addEventListener('abort', interrupt);
  try {
    const source = await SOURCES[options.format](engine, files, options);
    return await stage(engine, files, source, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw readable(error, files);
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
  }
}

async function stage(
  engine: TableEngine,
  files: SourceFile[],
  source: TableSource,
  options: StageOptions,
): Promise<StagedTable> {
  const loaded =
    (await loadSuiting(engine, files, source, options)) ?? (await loadAny(engine, files, source, options));
  const { plan, roles, types } = loaded;
  await refuseValues(engine, plan, loaded.staged, { finite: loaded.suiting });
  for (const [i, column] of plan.columns.entries())
    if (types[i] !== STORED_TYPES[column.type])
      await engine.run(`alter table staged alter c${i} type ${STORED_TYPES[column.type]}`);
  const nulls = plan.columns.map((_, i) => `count(c${i}) as v${i}`).join(', ');
  const counts = await engine.row<Record<string, number>>(
    `select count(*) as "rows", (select count(*) from rejects) as rejected, ${nulls} from staged`,
  );
  const rows = counts['rows'] ?? 0;
  const rejected = counts['rejected'] ?? 0;
  const problems = await firstProblems(engine);
  if (rejected > 0 && (options.badRows ?? 'reject') === 'reject')
    throw new UnreadableData(
      rejected === 1 ? 'A row cannot be read.' : `${rejected} rows cannot be read.`,
      problems,
      rejected,
    );
  if (rows === 0)
    throw new UnreadableData(
      'There are no rows.',
      problems.length > 0 ? problems : [{ message: 'The files hold no rows.' }],
    );
  return {
    columns: plan.columns.map(({ name, type }, i) => ({
      name,
      type,
      role: roles[i] ?? 'feature',
      nullable: (counts[`v${i}`] ?? 0) < rows,
    })),
    target: plan.columns[plan.target]?.name ?? '',
    rows,
    rejected,
    problems,
  };
}

/** What DuckDB says of a file is about the data; that it lacks memory or disk is not. */
function readable(error: unknown, files: SourceFile[]): unknown {
  if (!(error instanceof TableError) || !/^(Invalid Input|Conversion|Invalid) Error/.test(error.message))
    return error;
  const [line = ''] = error.message.replace(/^[A-Za-z ]+ Error: /, '').split('\n');
  const file = files.length === 1 ? files[0]?.name : undefined;
  return new UnreadableData(`${file ?? 'The files'} cannot be read: ${line}`, [
    { ...(file === undefined ? {} : { file }), message: line },
  ]);
}
