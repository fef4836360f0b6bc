import { UnreadableData } from '@modelyard/contracts';
import type { DatasetPart } from '@modelyard/contracts';
import { assignSplits } from '../split/assign-splits';
import { collectImages, collectTableRows } from './collect-samples';
import { hashPixels } from './hash-pixels';
import { SAMPLES } from './names';
import { storeVersion } from './store-version';
import { nameClasses } from './name-classes';
import type { BuiltVersion, VersionToBuild } from './version-to-build';
import { rowsPerPart, writeTableParts } from './write-parts';
import { imageSchema, tableSchema } from './schemas';

/**
 * Makes a version of the staged samples: digests, splits, parts, index, statistics and manifest, all in the store when
 * it resolves. It is the same version in whatever order and container the samples came.
 *
 * @throws UnreadableData when the samples are no dataset (none at all, too many classes, no samples for training)
 */
export async function buildVersion(input: VersionToBuild): Promise<BuiltVersion> {
  const { engine, store } = input;
  const { rows } = await engine.row<{ rows: number }>('select count(*) as rows from staged');
  if (rows === 0) throw new UnreadableData('There are no samples in the data.');
  let parts: DatasetPart[];
  if (input.kind === 'table') {
    const perPart = rowsPerPart(input.staged.columns.length);
    await collectTableRows(engine, input.staged, perPart, { rows: 0, parts: 0 });
    parts = await writeTableParts(input, input.staged, { rows, perPart, firstPart: 0 });
  } else {
    const { shape } = input.staged;
    await collectImages(engine, { rows: 0, parts: 0 });
    parts = input.staged.parts;
    await hashPixels(engine, store, { shape, parts, firstPart: 0 });
  }
  input.signal?.throwIfAborted();
  const classes = await nameClasses(engine, SAMPLES);
  const schema =
    input.kind === 'table'
      ? await tableSchema(engine, input.staged, classes)
      : imageSchema(input.staged, classes);
  const split = await assignSplits(engine, input.split);
  return storeVersion(input, { schema, split, parts, warnings: input.warnings ?? [] });
}
