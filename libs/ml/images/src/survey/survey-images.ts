import type { ImportOptions } from '@modelyard/contracts';
import { UnreadableData } from '@modelyard/contracts';
import { chooseTarget } from './choose-target';
import type { SizeCount } from './choose-target';
import { folderOf } from './folder-of';
import type { ImageTarget } from '../decoding/decode-image';
import { IMAGE_LIMITS } from '../image-limits';
import type { ImageHeader } from '../sniffing/image-header';
import { sniffImage } from '../sniffing/sniff-image';
import { isTooLarge } from '../sources/source-items';
import type { SourceItem } from '../sources/source-items';

/** What a first look at all files found, before any is decoded. */
export interface ImageSurvey {
  /** Images or not. */
  files: number;
  images: number;
  target: ImageTarget;
  /** The folders that have images without a label of their own, by root. */
  folders: Record<number, string[]>;
  /** Files without a label that are no images, by root and folder. */
  others: { root: number; folder: string; files: number; example: string }[];
}

/**
 * Looks at the headers of all images: the shape that they are fitted to is to depend on all of them, not on which comes
 * first.
 * @param onFile hears how many files it has looked at
 * @throws UnreadableData when there is no image
 */
export async function surveyImages(
  items: AsyncIterable<SourceItem>,
  options: ImportOptions['image'],
  onFile: (files: number) => void,
): Promise<ImageSurvey> {
  const sizes = new Map<string, SizeCount>();
  const folders = new Map<number, Set<string>>();
  const others = new Map<string, ImageSurvey['others'][number]>();
  let [files, images, onlyGrey] = [0, 0, true];
  for await (const item of items) {
    onFile(++files);
    const { root, path, label, shown } = item;
    const folder = folderOf(path);
    const header = isTooLarge(item) ? undefined : sniffImage(await item.read(IMAGE_LIMITS.bytes));
    if (header === undefined) {
      const key = `${String(root)}/${folder}`;
      const known = others.get(key);
      if (known !== undefined) known.files++;
      else if (label === undefined) others.set(key, { root, folder, files: 1, example: shown });
      continue;
    }
    images++;
    onlyGrey &&= header.channels === 1;
    if (isTaken(header)) countSize(sizes, header);
    if (label === undefined) folders.set(root, (folders.get(root) ?? new Set()).add(folder));
  }
  if (images === 0)
    throw new UnreadableData('There is no image in the files (PNG, JPEG, GIF, WebP or TIFF).');
  return {
    files,
    images,
    target: chooseTarget([...sizes.values()], onlyGrey, options),
    folders: Object.fromEntries([...folders].map(([root, paths]) => [root, [...paths].sort()])),
    others: [...others.values()],
  };
}

/** An image beyond the limits is refused later; its size is not to become that of the others. */
function isTaken({ width, height }: ImageHeader): boolean {
  return width * height <= IMAGE_LIMITS.pixels && Math.max(width, height) <= IMAGE_LIMITS.side;
}

function countSize(
  sizes: Map<string, SizeCount>,
  { width, height }: { width: number; height: number },
): void {
  const key = `${String(width)}×${String(height)}`;
  const size = sizes.get(key);
  if (size === undefined) sizes.set(key, { width, height, images: 1 });
  else size.images++;
}
