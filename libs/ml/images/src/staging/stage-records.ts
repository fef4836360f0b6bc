import type { SplitName } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { ImageStage } from './image-stage';
import type { StageImagesOptions, StagingHooks } from './stage-options';
import type { ImageTarget } from '../decoding/decode-image';
import { fitPixels } from '../decoding/fit-pixels';
import { inOrder } from '../sources/in-order';

/** Images that are stored without any packing, one after the other. */
export interface RecordBlock {
  /** Samples × height × width × channels. */
  pixels: Buffer;
  /** Of each sample. */
  labels: readonly string[];
  split: SplitName | null;
  width: number;
  height: number;
  channels: 1 | 3;
  /** The file that they are from, and the number of the first of them in it. */
  file: string;
  first: number;
}

const WINDOW = { items: 32, cost: 64 * 1024 ** 2 };

/** Stages raw images. @returns the finished stage, to be closed */
export async function stageRecords(
  engine: TableEngine,
  blocks: AsyncIterable<RecordBlock>,
  target: ImageTarget,
  about: { format: string; total: number },
  options: StageImagesOptions,
  hooks: StagingHooks,
): Promise<ImageStage> {
  const stage = await ImageStage.open(engine, [target.height, target.width, target.channels], options, hooks);
  const skipped = stage.read;
  let done = 0;
  try {
    const fitted = inOrder(
      blocks,
      (block) => fittedBlock(block, target),
      (block) => block.pixels.length,
      WINDOW,
    );
    for await (const block of fitted) {
      options.signal?.throwIfAborted();
      const { width, height, channels, split, file, first } = block;
      const size = block.pixels.length / block.labels.length;
      for (const [index, label] of block.labels.entries()) {
        if (++done <= skipped) continue;
        const name = `${file}#${String(first + index)}`;
        const sample = { label, split, name, width, height, channels, format: about.format };
        await stage.add(sample, block.pixels.subarray(index * size, (index + 1) * size), done);
      }
      hooks.onProgress?.({ done, total: about.total, unit: 'rows' });
    }
    await stage.finish(done);
    return stage;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function fittedBlock(block: RecordBlock, target: ImageTarget): Promise<RecordBlock> {
  const { width, height, channels, labels, pixels } = block;
  if (width === target.width && height === target.height && channels === target.channels) return block;
  const size = pixels.length / labels.length;
  const fitted: Buffer[] = [];
  for (let index = 0; index < labels.length; index++) {
    fitted.push(await fitPixels(pixels.subarray(index * size, (index + 1) * size), block, target));
  }
  return { ...block, pixels: Buffer.concat(fitted) };
}
