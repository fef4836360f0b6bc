import type { DatasetWarning } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import type { ImageStage } from './image-stage';

/** What people should know of how their images were taken. */
export async function imageWarnings(engine: TableEngine, stage: ImageStage): Promise<DatasetWarning[]> {
  const [height, width] = stage.shape;
  const { resized } = await engine.row<{ resized: number }>(
    `select count(*) as resized from staged where width <> $1 or height <> $2`,
    [width, height],
  );
  const warnings: DatasetWarning[] = [];
  if (resized > 0) {
    const size = `${String(width)} × ${String(height)}`;
    const message = `${String(resized)} images had another size and were fitted to ${size} pixels.`;
    warnings.push({ code: 'resized-images', message, count: resized });
  }
  if (stage.rejected > 0) {
    const message = `${String(stage.rejected)} images could not be read and were left out.`;
    warnings.push({ code: 'dropped-rows', message, count: stage.rejected });
  }
  return warnings;
}
