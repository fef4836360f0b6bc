import type { TableEngine } from '../engine/table-engine';
import { planColumns } from './plan-columns';
import type { ColumnPlan } from './plan-columns';
import type { StagedFile } from './refuse-values';
import { createRejects } from './rejects';
import type { SourceFile } from './source-file';
import type { StageOptions } from './stage-options';
import type { TableSource } from './table-source';

/** Files that stand in `staged`. */
export interface LoadedFiles extends ColumnPlan {
  /** How `staged` holds the columns now. */
  types: string[];
  staged: StagedFile[];
  /** Whether every value is known to be what its column says. */
  suiting: boolean;
}

/** Looks at all values first, and then reads them, with rejects. @throws UnreadableData */
export async function loadAny(
  engine: TableEngine,
  files: SourceFile[],
  source: TableSource,
  options: StageOptions,
): Promise<LoadedFiles> {
  const planned = await planColumns(engine, files, source, options);
  const load: TableSource['load'] = (number, plan, first) => source.load(number, plan, first);
  return { ...(await loadFiles(engine, files, source, options, planned, load)), suiting: false };
}

/** Makes `staged` and `rejects`, and loads one file after the other. */
export async function loadFiles(
  engine: TableEngine,
  files: SourceFile[],
  source: TableSource,
  options: StageOptions,
  planned: ColumnPlan,
  load: TableSource['load'],
): Promise<Omit<LoadedFiles, 'suiting'>> {
  const { plan } = planned;
  await createRejects(engine);
  const types = plan.columns.map((column) => source.loadedType(column));
  const columns = types.map((type, i) => `c${i} ${type}`);
  await engine.run(`create table staged (row bigint, split varchar, ${columns.join(', ')})`);
  const staged: StagedFile[] = [];
  let first = 0;
  let done = 0;
  for (const [number, file] of files.entries()) {
    options.signal?.throwIfAborted();
    const lines = await load(number, plan, first);
    const { next } = await engine.row<{ next: number }>(
      'select greatest($1::bigint, coalesce(max(row) + 1, 0)) as next from staged',
      [first],
    );
    const from = first;
    staged.push({ name: file.name, first, end: next, lines: (rows) => lines(rows, from) });
    first = next;
    done += source.bytes(number);
    options.onProgress?.({ done, total: source.totalBytes, unit: 'bytes' });
  }
  return { ...planned, types, staged };
}
