import { UnreadableData } from '@modelyard/contracts';
import type { ColumnStatistics, DatasetPart, DatasetSchema } from '@modelyard/contracts';
import { assignSplits } from '../split/assign-splits';
import { describeColumns } from '../statistics/describe-columns';
import { addParent, collectValues } from './add-parent';
import { collectImages, collectTableRows } from './collect-samples';
import { hashPixels } from './hash-pixels';
import { matchParent } from './match-parent';
import { nameClasses } from './name-classes';
import { imageSchema, tableSchema } from './schemas';
import { storeVersion } from './store-version';
import type { BuiltVersion, VersionToBuild } from './version-to-build';
import { rowsPerPart, writeTableParts } from './write-parts';

/**
 * Makes a version of the staged samples: digests, splits, parts, index, statistics and manifest, all in the store when
 * it resolves. It is the same version in whatever order and container the samples came. With a parent they are added to
 * its samples, which keep their splits and their parts.
 *
 * @throws UnreadableData when the samples are no dataset (none at all, too many classes, none for training), or do not fit
 *   the parent
 */
export async function buildVersion(request: VersionToBuild): Promise<BuiltVersion> {
  const { engine, parent, signal } = request;
  const { rows } = await engine.row<{ rows: number }>('select count(*) as rows from staged');
  if (rows === 0) throw new UnreadableData('There are no samples in the data.');
  const input = parent === undefined ? request : await matchParent(engine, request, parent.manifest);
  const parts = await collectSamples(input, rows);
  if (parent !== undefined) await addParent(engine, parent);
  const classes = await nameClasses(engine);
  signal?.throwIfAborted();
  const { schema, columns } = await describe(input, classes);
  signal?.throwIfAborted();
  const split = await assignSplits(engine, {
    columns: schema.fields ?? [],
    ...(input.split && { request: input.split }),
    ...(parent?.manifest.split && { previous: parent.manifest.split }),
  });
  signal?.throwIfAborted();
  return storeVersion(input, {
    schema,
    split,
    parts: [...(parent?.manifest.parts ?? []), ...parts],
    ...(columns && { columns }),
    ...(parent === undefined &&
      input.kind === 'image' &&
      input.staged.images && { images: input.staged.images }),
  });
}

async function describe(
  input: VersionToBuild,
  classes: string[],
): Promise<{ schema: DatasetSchema; columns?: ColumnStatistics[] }> {
  if (input.kind === 'image') return { schema: imageSchema(input.staged, classes) };
  const { engine, staged, parent } = input;
  await collectValues(engine, staged, parent);
  const columns = await describeColumns(engine, staged);
  const schema = tableSchema(staged, classes, columns);
  // The new file may have read the classes as another type; they are the same texts.
  const former = parent?.manifest.schema.fields?.find(({ name }) => name === schema.target);
  if (former !== undefined) {
    schema.fields = (schema.fields ?? []).map((field) => (field.name === former.name ? former : field));
  }
  return { schema, columns };
}

/** Makes the table of the new samples, and stores their values. */
async function collectSamples(input: VersionToBuild, rows: number): Promise<DatasetPart[]> {
  const { engine, store, parent } = input;
  const offset = { rows: parent?.manifest.rows ?? 0, parts: parent?.manifest.parts.length ?? 0 };
  if (input.kind === 'table') {
    await collectTableRows(engine, input.staged, rowsPerPart(input.staged.columns.length), offset);
    return writeTableParts(input, input.staged, rows);
  }
  const { shape, parts } = input.staged;
  await collectImages(engine, offset);
  await hashPixels(engine, store, { shape, parts, firstPart: offset.parts });
  return parts;
}
