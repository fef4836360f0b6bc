import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { product } from '@modelyard/ml-tensors';
import { SPLIT_NAMES } from '@modelyard/contracts';
import type { SplitName } from '@modelyard/contracts';
import { TableEngine } from '@modelyard/ml-tables';
import { placeClasses } from '../build/name-classes';
import { readIntegers } from '../build/read-integers';
import { numericFeatures } from '../build/schemas';
import { DatasetError } from '../dataset-error';
import { readPart } from './read-part';
import type { StoredVersion } from './stored-version';

/** Samples in memory, one after the other. */
export interface LoadedSamples {
  /** rows × product(shape), as they are stored: bytes of images, float32 of tables. */
  values: Uint8Array | Float32Array;
  /** Indices into `schema.classes`. */
  labels: Int32Array;
}

const PREFIX = 'loaded_';
const NAMED = 10;

/**
 * Reads a version for a training: all its samples, by split, in the order of their digests, so that the order in which
 * they once came makes no difference. Parts are read from their beginning to their end, one at a time.
 *
 * @param engine is opened for the time of the reading when there is none
 * @throws DatasetError when a table has features without values, or none that are numbers
 */
export async function loadSamples(
  version: StoredVersion,
  engine?: TableEngine,
): Promise<Record<SplitName, LoadedSamples>> {
  if (engine !== undefined) return load(version, engine);
  const folder = await mkdtemp(join(tmpdir(), 'modelyard-samples-'));
  const own = await TableEngine.open({ folder, folders: await foldersOf(version) });
  try {
    return await load(version, own);
  } finally {
    own.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(version: StoredVersion, engine: TableEngine): Promise<Record<SplitName, LoadedSamples>> {
  const { schema } = version.manifest;
  await version.attach(engine, PREFIX);
  await placeClasses(engine, schema.classes, `${PREFIX}classes`);
  const splits = await emptySplits(version, engine);
  await engine.run(
    `create or replace temp table ${PREFIX}slots as
     select i.part, i.pos, c.place::integer as place, list_position(['train', 'validation', 'test'], i.split) - 1 as split,
       (row_number() over (partition by i.split order by i.digest, i.row) - 1)::integer as slot
     from ${PREFIX}index i join ${PREFIX}classes c on c.name = i.label`,
  );
  await (schema.kind === 'image' ? loadImages : loadRows)(version, engine, splits);
  await engine.run(`drop table ${PREFIX}slots`);
  return splits;
}

async function emptySplits(
  { manifest: { schema } }: StoredVersion,
  engine: TableEngine,
): Promise<Record<SplitName, LoadedSamples>> {
  const counts = await engine.rows<{ split: SplitName; rows: number }>(
    `select split, count(*) as rows from ${PREFIX}index group by split`,
  );
  const size = product(schema.shape);
  return Object.fromEntries(
    SPLIT_NAMES.map((name) => {
      const rows = counts.find(({ split }) => split === name)?.rows ?? 0;
      const values = schema.dtype === 'uint8' ? new Uint8Array(rows * size) : new Float32Array(rows * size);
      return [name, { values, labels: new Int32Array(rows) }];
    }),
  ) as Record<SplitName, LoadedSamples>;
}

async function loadImages(
  { store, manifest: { schema, parts } }: StoredVersion,
  engine: TableEngine,
  splits: Record<SplitName, LoadedSamples>,
): Promise<void> {
  const size = product(schema.shape);
  let buffer: Buffer = Buffer.alloc(0);
  for (const [index, part] of parts.entries()) {
    const { rows } = await engine.row<{ rows: number }>(
      `select count(*) as rows from ${PREFIX}slots where part = $1`,
      [index],
    );
    const [pos, split, slot, place] = (await readIntegers(
      engine,
      rows,
      4,
      `select pos, split::integer, slot, place from ${PREFIX}slots where part = $1 order by pos`,
      [index],
    )) as [Int32Array, Int32Array, Int32Array, Int32Array];
    buffer = await readPart(store, part, part.rows * size, buffer);
    for (let row = 0; row < rows; row++) {
      const { values, labels } = splits[SPLIT_NAMES[split[row] as number] as SplitName];
      const from = (pos[row] as number) * size;
      values.set(buffer.subarray(from, from + size), (slot[row] as number) * size);
      labels[slot[row] as number] = place[row] as number;
    }
  }
}

async function loadRows(
  { manifest: { schema } }: StoredVersion,
  engine: TableEngine,
  splits: Record<SplitName, LoadedSamples>,
): Promise<void> {
  const features = numericFeatures(schema.fields ?? []);
  const width = features.length;
  if (width === 0) {
    throw new DatasetError('No feature of the dataset is a number, so a network has nothing to learn from.');
  }
  const missing = new Float64Array(width);
  const columns = features.map(({ index }) => `coalesce(try_cast(r.c${index} as float), 'nan'::float)`);
  for await (const chunk of engine.chunks(
    `select s.split::integer, s.slot, s.place, ${columns.join(', ')}
     from ${PREFIX}slots s join ${PREFIX}samples r using (part, pos)`,
  )) {
    const items = <T>(column: number): T => (chunk.getColumnVector(column) as unknown as { items: T }).items;
    const [split, slot, place] = [items<Int32Array>(0), items<Int32Array>(1), items<Int32Array>(2)];
    const targets = SPLIT_NAMES.map((name) => splits[name]);
    for (let row = 0; row < chunk.rowCount; row++) {
      (targets[split[row] as number] as LoadedSamples).labels[slot[row] as number] = place[row] as number;
    }
    for (let column = 0; column < width; column++) {
      const values = items<Float32Array>(3 + column);
      for (let row = 0; row < chunk.rowCount; row++) {
        const target = (targets[split[row] as number] as LoadedSamples).values;
        target[(slot[row] as number) * width + column] = values[row] as number;
        if (!Number.isFinite(values[row])) (missing[column] as number)++;
      }
    }
  }
  requireValues(features, missing);
}

/** @throws DatasetError when a feature has rows without a value that is a float32 */
function requireValues(features: { name: string }[], missing: Float64Array): void {
  const named = features.flatMap(({ name }, column) =>
    missing[column] === 0 ? [] : [`${name} (${missing[column]} rows)`],
  );
  if (named.length === 0) return;
  const more = named.length - NAMED;
  throw new DatasetError(
    `Features lack values, or hold some that are no float32: ${named.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}. ` +
      'A network needs every value: derive a version without these rows, or import the columns with the role `ignore`.',
  );
}

async function foldersOf(version: StoredVersion): Promise<string[]> {
  const { index, parts } = version.manifest;
  const paths = await Promise.all([index, ...parts].map((blob) => version.store.file(blob)));
  return [...new Set(paths.map((path) => dirname(path)))];
}
