import { UnreadableData } from '@modelyard/contracts';
import type { ColumnStatistics, DatasetPart, DatasetSchema, DerivationChanges } from '@modelyard/contracts';
import { compileFilter, FilterError, parseFilter } from '@modelyard/ml-tables';
import type { TableEngine } from '@modelyard/ml-tables';
import { keepValues } from '../build/add-parent';
import { nameClasses } from '../build/name-classes';
import { IMAGE_COLUMNS, INDEX_COLUMNS, SAMPLES } from '../build/names';
import { imageSchema, tableSchema } from '../build/schemas';
import { storeVersion } from '../build/store-version';
import type { BuildOptions, BuiltVersion } from '../build/version-to-build';
import { queryableColumns } from '../read/queryable-columns';
import type { StoredVersion } from '../read/stored-version';
import { assignSplits } from '../split/assign-splits';
import { DEFAULT_SPLIT } from '../split/default-split';
import { describeColumns } from '../statistics/describe-columns';
import { relabel } from './relabel';
import { requireRows } from './require-rows';

export interface VersionToDerive extends Omit<BuildOptions, 'split'> {
  /** The version that is changed, attached to the engine. */
  parent: StoredVersion;
  changes: DerivationChanges;
}

/**
 * Makes a version of another one's samples: some of them, with other classes or another division. Samples that stay keep
 * their places in the parts, so the versions share these; nothing is rewritten but the index.
 *
 * @throws UnreadableData when the changes cannot be made: a filter that is none, rows that do not exist, nothing that is left
 */
export async function deriveVersion(input: VersionToDerive): Promise<BuiltVersion> {
  const { engine, parent, changes, signal } = input;
  const { manifest } = parent;
  await keepSamples(engine, parent, changes);
  if (changes.relabel !== undefined && changes.relabel.length > 0)
    await relabel(engine, parent, changes.relabel);
  signal?.throwIfAborted();
  const parts = await usedParts(engine, manifest.parts);
  if (manifest.schema.kind === 'table') await keepValues(engine, parent, manifest.schema);
  const { schema, columns } = await describe(engine, manifest.schema);
  signal?.throwIfAborted();
  const previous = manifest.split ?? { method: 'stratified', ...DEFAULT_SPLIT };
  const split =
    changes.split === undefined || changes.split.method === 'given'
      ? previous
      : await divideAnew(engine, schema, changes);
  signal?.throwIfAborted();
  return storeVersion(
    { ...input, ...(manifest.original && { original: manifest.original }) },
    { schema, split, parts, ...(columns && { columns }) },
  );
}

async function keepSamples(
  engine: TableEngine,
  parent: StoredVersion,
  { filter, drop = [] }: DerivationChanges,
): Promise<void> {
  const { schema } = parent.manifest;
  requireRows(parent, drop, 'drop');
  const condition = filter === undefined ? undefined : compiled(filter, schema);
  const columns = schema.kind === 'image' ? [...INDEX_COLUMNS, ...IMAGE_COLUMNS] : INDEX_COLUMNS;
  const others = columns.filter((name) => name !== '"row"').map((name) => `i.${name}`);
  const dropped = 1 + (condition?.parameters.length ?? 0);
  await engine.run(
    `create or replace table ${SAMPLES} as
     select (row_number() over (order by i."row") - 1)::bigint as "row", ${others.join(', ')},
       null::bigint as source, i."row" as former
     from ${parent.index} i
     where i."row" not in (select unnest(from_json($${dropped}, '["BIGINT"]')))
     ${condition === undefined ? '' : `and i."row" in (select "row" from ${parent.samples} where ${condition.sql})`}`,
    [...(condition?.parameters ?? []), JSON.stringify(drop)],
  );
  const { rows } = await engine.row<{ rows: number }>(`select count(*) as rows from ${SAMPLES}`);
  if (rows === 0) throw new UnreadableData('No sample would be left.');
}

function compiled(filter: string, schema: DatasetSchema): ReturnType<typeof compileFilter> {
  try {
    return compileFilter(parseFilter(filter), queryableColumns(schema));
  } catch (error) {
    throw error instanceof FilterError ? new UnreadableData(`filter: ${error.message}`) : error;
  }
}

/** Parts that no sample is in any more are left out, and the others get new numbers. */
async function usedParts(engine: TableEngine, parts: DatasetPart[]): Promise<DatasetPart[]> {
  const used = (
    await engine.rows<{ part: number }>(`select part from ${SAMPLES} group by part order by part`)
  ).map(({ part }) => part);
  if (used.length < parts.length) {
    await engine.run(`update ${SAMPLES} set part = list_position(from_json($1, '["INTEGER"]'), part) - 1`, [
      JSON.stringify(used),
    ]);
  }
  return used.map((part) => parts[part] as DatasetPart);
}

async function describe(
  engine: TableEngine,
  parent: DatasetSchema,
): Promise<{ schema: DatasetSchema; columns?: ColumnStatistics[] }> {
  const classes = await nameClasses(engine);
  const { shape, target, maximum, fields = [] } = parent;
  if (parent.kind === 'image') return { schema: imageSchema({ shape, target, maximum, parts: [] }, classes) };
  const columns = await describeColumns(engine, { columns: fields, target });
  return { schema: tableSchema({ columns: fields, target }, classes, columns), columns };
}

async function divideAnew(
  engine: TableEngine,
  schema: DatasetSchema,
  { split = {} }: DerivationChanges,
): ReturnType<typeof assignSplits> {
  await engine.run(`update ${SAMPLES} set split = null`);
  return assignSplits(engine, { columns: schema.fields ?? [], request: { method: 'stratified', ...split } });
}
