import type { DatasetWarning } from '@modelyard/contracts';
import type { SourceFile, TableEngine } from '@modelyard/ml-tables';
import { ImageStage } from './image-stage';
import { ImageReader } from './read-image';
import type { ReadFile } from './read-image';
import type { StageImagesOptions, StagingHooks } from './stage-options';
import { IMAGE_LIMITS } from '../image-limits';
import { sniffImage } from '../sniffing/sniff-image';
import { inOrder } from '../sources/in-order';
import { isTooLarge, sourceItems } from '../sources/source-items';
import { layoutsOf, passedOver } from '../survey/layouts-of';
import { surveyImages } from '../survey/survey-images';

/** Bytes: decoding an image may take as much as all its pixels, and fitting it as much again. */
const WINDOW = { items: 8, cost: 96 * 1024 ** 2 };
const REPORT_EVERY = 250;

/** Stages image files: single ones, and those in archives. The stage it gives is finished, and to be closed. */
export async function stageImageFiles(
  engine: TableEngine,
  files: readonly SourceFile[],
  options: StageImagesOptions,
  hooks: StagingHooks,
): Promise<{ stage: ImageStage; warnings: DatasetWarning[] }> {
  const survey =
    options.checkpoint?.survey ??
    (await surveyImages(sourceItems(files, options.maximumBytes), options.image, (done) => {
      options.signal?.throwIfAborted();
      if (done % REPORT_EVERY === 0) hooks.onProgress?.({ done: 0, unit: 'files' });
    }));
  const layouts = layoutsOf(survey, (root) => files[root]?.name ?? 'the files');
  const { target } = survey;
  const shape: [number, number, number] = [target.height, target.width, target.channels];
  const stage = await ImageStage.open(engine, shape, options, hooks, survey);
  let done = stage.read;
  const report = () => hooks.onProgress?.({ done, total: survey.files, unit: 'files' });
  try {
    const reads = readFrom(files, done, options);
    const reader = new ImageReader(layouts, target);
    for await (const outcome of inOrder(reads, (file) => reader.read(file), memoryOf, WINDOW)) {
      done++;
      if (outcome.kind === 'bad') stage.reject({ name: outcome.name, reason: outcome.reason });
      if (outcome.kind === 'image') await stage.add(outcome.sample, outcome.pixels, done);
      if (done % REPORT_EVERY === 0) report();
    }
    report();
    await stage.finish(done);
    return { stage, warnings: warningsOf(passedOver(survey, layouts)) };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

/** All files but the first ones, in their order. */
async function* readFrom(
  files: readonly SourceFile[],
  skipped: number,
  { signal, maximumBytes }: StageImagesOptions,
): AsyncGenerator<ReadFile> {
  let index = 0;
  for await (const item of sourceItems(files, maximumBytes)) {
    signal?.throwIfAborted();
    if (index++ < skipped) continue;
    if (isTooLarge(item)) {
      yield { item, bytes: undefined, header: undefined };
      continue;
    }
    const bytes = await item.read(IMAGE_LIMITS.bytes);
    yield { item, bytes, header: sniffImage(bytes) };
  }
}

function memoryOf({ bytes, header }: ReadFile): number {
  return (bytes?.length ?? 0) + (header === undefined ? 0 : header.width * header.height * 4);
}

function warningsOf({ files, example }: { files: number; example: string }): DatasetWarning[] {
  if (files === 0) return [];
  const message = `${String(files)} files beside the class folders are no images and were passed over, as ${example}.`;
  return [{ code: 'other', message, count: files }];
}
