import { UnreadableData } from '@modelyard/contracts';
import type { ColumnRole, ColumnType } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import { inferTypes } from './infer-types';
import type { InferredColumn } from './infer-types';
import type { LoadPlan, PlannedColumn } from './load-plan';
import type { SourceFile } from './source-file';
import { MOST_CLASSES } from './stage-options';
import type { StageOptions } from './stage-options';
import type { TableSource } from './table-source';

const USUAL_TARGETS = ['label', 'target', 'class', 'species', 'y'];

export interface ColumnPlan {
  plan: LoadPlan;
  /** Of the plan's columns. */
  roles: ColumnRole[];
}

/** Types of a source's columns. @param given those that are known @param counted columns whose values are counted */
export type FindTypes = (given: (ColumnType | undefined)[], counted: number[]) => Promise<InferredColumn[]>;

/** Decides what every column is: its type, its role, the class, the split. @throws UnreadableData */
export async function planColumns(
  engine: TableEngine,
  files: SourceFile[],
  source: TableSource,
  options: StageOptions,
  findTypes: FindTypes = (given, counted) =>
    inferTypes(engine, source.text, source.names.length, given, counted),
): Promise<ColumnPlan> {
  const { names } = source;
  checkOverrides(names, options);
  const given = names.map((name, i) => givenType(name, source.types?.[i], options));
  const splitFrom = await splitColumn(engine, source, options);
  const columns: PlannedColumn[] = names.flatMap((name, from) =>
    from === splitFrom ? [] : [{ name, from, type: 'text', values: 0, suiting: 0 }],
  );
  const target = targetOf(columns, files, options);
  const classesFrom = columns[target]?.from;
  const counted = classesFrom === undefined ? [] : [classesFrom];
  const found = await findTypes(given, counted);
  for (const inferred of columns)
    if (inferred.from !== undefined) Object.assign(inferred, found[inferred.from]);
  const column = columns[target] as PlannedColumn;
  // A class is a name, whatever it looks like: 01 and 1 are two of them.
  columns[target] = { ...column, type: 'categorical', suiting: column.values };
  checkClasses(column);
  const roles = columns.map(({ name }, i): ColumnRole =>
    i === target ? 'target' : (own(options.columns, name)?.role ?? 'feature'),
  );
  return { plan: { columns, target, ...(splitFrom === undefined ? {} : { splitFrom }) }, roles };
}

function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function checkOverrides(names: string[], options: StageOptions): void {
  const targets = Object.entries(options.columns ?? {}).filter(([, { role }]) => role === 'target');
  const unknown = Object.keys(options.columns ?? {}).filter((name) => !names.includes(name));
  const problems = unknown.map((column) => ({
    column,
    message: `There is no such column. There are ${listed(names)}.`,
  }));
  if (problems.length > 0)
    throw new UnreadableData('The options name columns that the files do not have.', problems);
  if (targets.length > 1)
    throw new UnreadableData(
      'Only one column can be the target.',
      targets.map(([column]) => ({ column, message: 'The column has the role target, and so has another.' })),
    );
  const image = Object.entries(options.columns ?? {}).find(([, { type }]) => type === 'image');
  if (image !== undefined)
    throw new UnreadableData(`The column ${image[0]} cannot hold images: the file is a table of values.`, [
      {
        column: image[0],
        message: 'Images come as files in an archive, or in a Parquet file with an image column.',
      },
    ]);
}

function givenType(
  name: string,
  said: ColumnType | 'string' | undefined,
  options: StageOptions,
): ColumnType | undefined {
  return own(options.columns, name)?.type ?? (said === 'string' ? undefined : said);
}

function listed(names: string[]): string {
  return names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
}

/** @returns index in `columns`, which gets a column more where the files have a class each and none in themselves */
function targetOf(columns: PlannedColumn[], files: SourceFile[], options: StageOptions): number {
  const byRole = Object.entries(options.columns ?? {}).find(([, { role }]) => role === 'target')?.[0];
  const wanted = options.target ?? byRole;
  const at = wanted === undefined ? -1 : columns.findIndex(({ name }) => name === wanted);
  if (at !== -1) return at;
  if (files.length > 0 && files.every(({ label }) => label !== undefined)) {
    const taken = columns.findIndex(({ name }) => name === 'label');
    if (wanted === undefined && taken !== -1) return taken;
    return columns.push({ name: wanted ?? 'label', type: 'categorical', values: 1, suiting: 1 }) - 1;
  }
  if (wanted !== undefined)
    throw new UnreadableData(`There is no column ${JSON.stringify(wanted)} that could be the target.`, [
      {
        column: wanted,
        message: `There is no such column. There are ${listed(columns.map(({ name }) => name))}.`,
      },
    ]);
  for (const usual of USUAL_TARGETS) {
    const found = columns.findIndex(({ name }) => name.toLowerCase() === usual);
    if (found !== -1) return found;
  }
  if (columns.length === 0) throw new UnreadableData('The files have no columns.');
  return columns.length - 1;
}

/** The column that tells the split, where one is called so and holds nothing else. */
async function splitColumn(
  engine: TableEngine,
  source: TableSource,
  options: StageOptions,
): Promise<number | undefined> {
  for (const name of ['split', '__split__']) {
    const i = source.names.findIndex((candidate) => candidate.toLowerCase() === name);
    if (
      i === -1 ||
      options.target === source.names[i] ||
      own(options.columns, source.names[i] as string) !== undefined
    )
      continue;
    const { other, known } = await engine.row<{ other: number; known: number }>(
      `select count(*) filter (s not in ('train', 'validation', 'val', 'test', '')) as other,
        count(*) filter (s != '') as known from (select lower(trim(c${i})) as s from ${source.text.sql})`,
      source.text.parameters,
    );
    if (other === 0 && known > 0) return i;
  }
  return undefined;
}

/** The count is an estimate, so that a little more is let through. @throws UnreadableData */
export function checkClasses({ name, distinct = 0 }: PlannedColumn): void {
  if (distinct <= MOST_CLASSES * 1.1) return;
  throw new UnreadableData(
    `The column ${JSON.stringify(name)} has about ${distinct} different values: too many for classes.`,
    [
      {
        column: name,
        message: `A target has at most ${MOST_CLASSES} classes. Name another column as the target.`,
      },
    ],
  );
}
