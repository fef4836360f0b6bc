import { UnreadableData } from '@modelyard/contracts';
import type { SplitName } from '@modelyard/contracts';
import type { SourceFile, TableEngine } from '@modelyard/ml-tables';
import { CIFAR_CLASSES, CIFAR_RECORD, CIFAR_SIDE, readCifar } from './read-cifar';
import { ByteSource } from '../sources/byte-source';
import { sourceItems } from '../sources/source-items';
import type { SourceItem } from '../sources/source-items';
import type { ImageStage } from '../staging/image-stage';
import type { StageImagesOptions, StagingHooks } from '../staging/stage-options';
import { stageRecords } from '../staging/stage-records';
import type { RecordBlock } from '../staging/stage-records';
import { chooseTarget } from '../survey/choose-target';

const BLOCK = 300;
const TOTAL = 60_000;

/** Stages CIFAR-10's binary batches (`data_batch_1.bin` …, `test_batch.bin`), single or in an archive. */
export async function stageCifar(
  engine: TableEngine,
  files: readonly SourceFile[],
  options: StageImagesOptions,
  hooks: StagingHooks,
): Promise<ImageStage> {
  const target = chooseTarget([{ width: CIFAR_SIDE, height: CIFAR_SIDE, images: 1 }], false, options.image);
  return stageRecords(
    engine,
    blocks(files, options),
    target,
    { format: 'cifar-10', total: TOTAL },
    options,
    hooks,
  );
}

async function* blocks(
  files: readonly SourceFile[],
  { maximumBytes }: StageImagesOptions,
): AsyncGenerator<RecordBlock> {
  for await (const item of sourceItems(files, maximumBytes)) {
    if (!/\.bin$/i.test(item.path)) continue; // batches.meta.txt, readme.html
    yield* batch(item);
  }
}

async function* batch(item: SourceItem): AsyncGenerator<RecordBlock> {
  const source = new ByteSource(item.open());
  for (let first = 0; ; first += BLOCK) {
    const records = await source.atMost(BLOCK * CIFAR_RECORD);
    if (records.length === 0) return;
    if (records.length % CIFAR_RECORD !== 0) {
      throw broken(
        item,
        `its size is no multiple of ${String(CIFAR_RECORD)} bytes. Was the upload complete?`,
      );
    }
    const { pixels, labels } = decoded(records, first, item);
    yield {
      pixels,
      labels: labels.map((label) => CIFAR_CLASSES[label] as string),
      split: item.split ?? splitOf(item.path),
      width: CIFAR_SIDE,
      height: CIFAR_SIDE,
      channels: 3,
      file: item.path,
      first,
    };
  }
}

function decoded(records: Buffer, first: number, item: SourceItem): ReturnType<typeof readCifar> {
  try {
    return readCifar(records);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw broken(
      item,
      `of the records from ${String(first)} on, ${error.message}. Is it CIFAR-10's binary version?`,
    );
  }
}

function splitOf(path: string): SplitName | null {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  if (name.includes('test')) return 'test';
  return name.includes('data_batch') || name.includes('train') ? 'train' : null;
}

function broken(item: SourceItem, message: string): UnreadableData {
  return new UnreadableData(`${item.shown} cannot be read: ${message}.`, [{ file: item.shown, message }]);
}
