import type { DatasetWarning } from '@modelyard/contracts';
import type { SourceFile, TableEngine } from '@modelyard/ml-tables';
import type { ImageStage } from './image-stage';
import { imageStatistics } from './image-statistics';
import { stageImageFiles } from './stage-image-files';
import type { StagedImages, StageImagesOptions, StagingHooks } from './stage-options';
import { imageWarnings } from './image-warnings';
import { stageCifar } from '../cifar/stage-cifar';
import { stageIdx } from '../idx/stage-idx';

/**
 * Reads images into the tables `staged` and `rejects` of the engine, and their pixels into parts (rows × height × width ×
 * channels bytes). All images get one shape, which depends on all of them and on no order. Memory stays the same however
 * many images there are: two parts, and the images being decoded (at most 96 MiB of pixels, or one larger image).
 * @throws UnreadableData
 */
export async function stageImages(
  engine: TableEngine,
  files: readonly SourceFile[],
  options: StageImagesOptions,
  hooks: StagingHooks,
): Promise<StagedImages> {
  const { stage, warnings } = await staged(engine, files, options, hooks);
  await stage.close();
  const images = await imageStatistics(engine, stage.counts);
  return {
    shape: stage.shape,
    target: 'label',
    parts: stage.finished.map(({ part }) => part),
    rows: stage.rows,
    rejected: stage.rejected,
    problems: stage.problems,
    images,
    warnings: [...warnings, ...(await imageWarnings(engine, stage))],
  };
}

async function staged(
  engine: TableEngine,
  files: readonly SourceFile[],
  options: StageImagesOptions,
  hooks: StagingHooks,
): Promise<{ stage: ImageStage; warnings: DatasetWarning[] }> {
  switch (options.format) {
    case 'idx':
      return { stage: await stageIdx(engine, files, options, hooks), warnings: [] };
    case 'cifar-10':
      return { stage: await stageCifar(engine, files, options, hooks), warnings: [] };
    case 'images':
    case 'image-folders':
      return stageImageFiles(engine, files, options, hooks);
  }
}
