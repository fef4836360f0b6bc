import { FolderLayout } from './folder-layout';
import type { ImageSurvey } from './survey-images';

/** What the folders mean, of each root. @throws UnreadableData where that cannot be told */
export function layoutsOf(survey: ImageSurvey, nameOf: (root: number) => string): Map<number, FolderLayout> {
  return new Map(
    Object.entries(survey.folders).map(([root, folders]) => [
      Number(root),
      new FolderLayout(folders, nameOf(Number(root))),
    ]),
  );
}

/** Files that are no images and in no class folder. */
export function passedOver(
  survey: ImageSurvey,
  layouts: Map<number, FolderLayout>,
): { files: number; example: string } {
  const outside = survey.others.filter(
    ({ root, folder }) => layouts.get(root)?.placeOf(folder) === undefined,
  );
  return {
    files: outside.reduce((sum, { files }) => sum + files, 0),
    example: outside[0]?.example ?? '',
  };
}
