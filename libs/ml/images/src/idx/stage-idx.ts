import { UnreadableData } from '@modelyard/contracts';
import type { SourceFile, TableEngine } from '@modelyard/ml-tables';
import { pairIdx } from './pair-idx';
import type { IdxInput, IdxPair } from './pair-idx';
import { readIdx } from './read-idx';
import { sourceItems } from '../sources/source-items';
import type { ImageStage } from '../staging/image-stage';
import type { StageImagesOptions, StagingHooks } from '../staging/stage-options';
import { stageRecords } from '../staging/stage-records';
import type { RecordBlock } from '../staging/stage-records';
import { chooseTarget } from '../survey/choose-target';

interface Found {
  pairs: IdxPair[];
  /** By the index of the item. */
  labels: Map<number, Buffer>;
}

/** Stages IDX files of images and of labels, gzipped or not, single or in an archive. @returns the finished stage */
export async function stageIdx(
  engine: TableEngine,
  files: readonly SourceFile[],
  options: StageImagesOptions,
  hooks: StagingHooks,
): Promise<ImageStage> {
  const found = await findPairs(files, options);
  const shapes = found.pairs.map(({ images }) => shapeOf(images));
  const target = chooseTarget(
    shapes.map(({ width, height, count }) => ({ width, height, images: count })),
    shapes.every(({ channels }) => channels === 1),
    options.image,
  );
  const total = shapes.reduce((sum, { count }) => sum + count, 0);
  return stageRecords(
    engine,
    blocks(files, found, options),
    target,
    { format: 'idx', total },
    options,
    hooks,
  );
}

/** Reads all headers, and all labels: a byte for each sample. */
async function findPairs(files: readonly SourceFile[], { maximumBytes }: StageImagesOptions): Promise<Found> {
  const inputs: IdxInput[] = [];
  const labels = new Map<number, Buffer>();
  let index = -1;
  for await (const item of sourceItems(files, maximumBytes)) {
    const { path, shown, split } = item;
    index++;
    const idx = await readIdx(item.open(), shown);
    const { dimensions } = idx;
    inputs.push({ index, shown, path, dimensions, ...(split === undefined ? {} : { split }) });
    if (dimensions.length === 1) labels.set(index, Buffer.concat(await collected(idx.records)));
    else idx.close();
  }
  return { pairs: pairIdx(inputs), labels };
}

async function* blocks(
  files: readonly SourceFile[],
  { pairs, labels }: Found,
  { maximumBytes }: StageImagesOptions,
): AsyncGenerator<RecordBlock> {
  let index = -1;
  for await (const item of sourceItems(files, maximumBytes)) {
    index++;
    const pair = pairs.find(({ images }) => images.index === index);
    if (pair === undefined) continue;
    const classes = labels.get(pair.labels.index) as Buffer;
    const { width, height, channels } = shapeOf(pair.images);
    const idx = await readIdx(item.open(), item.shown);
    let first = 0;
    for await (const pixels of idx.records) {
      const count = pixels.length / idx.recordBytes;
      const names = Array.from(classes.subarray(first, first + count), String);
      yield {
        pixels,
        labels: names,
        split: pair.split ?? null,
        width,
        height,
        channels,
        file: item.path,
        first,
      };
      first += count;
    }
  }
}

function shapeOf({ dimensions, shown }: IdxInput): {
  count: number;
  height: number;
  width: number;
  channels: 1 | 3;
} {
  const [count = 0, height = 0, width = 0, channels = 1] = dimensions;
  if (channels !== 1 && channels !== 3) {
    const message = `its images have ${String(channels)} channels; 1 and 3 are taken`;
    throw new UnreadableData(`${shown} cannot be read: ${message}.`, [{ file: shown, message }]);
  }
  return { count, height, width, channels };
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
