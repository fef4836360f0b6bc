import type { StagedSample } from './staged-sample';
import { decodeImage } from '../decoding/decode-image';
import type { ImageTarget } from '../decoding/decode-image';
import { ImageError } from '../image-error';
import { IMAGE_LIMITS } from '../image-limits';
import type { ImageHeader } from '../sniffing/image-header';
import type { SourceItem } from '../sources/source-items';
import type { FolderLayout, Place } from '../survey/folder-layout';
import { folderOf } from '../survey/folder-of';

export interface ReadFile {
  item: SourceItem;
  /** Absent where they are too many. */
  bytes: Buffer | undefined;
  /** Absent of what is no image. */
  header: ImageHeader | undefined;
}

export type ReadImage =
  | { kind: 'image'; sample: StagedSample; pixels: Buffer }
  | { kind: 'bad'; name: string; reason: string }
  /** A file that is no sample: a README beside the class folders. */
  | { kind: 'other' };

const NO_CLASS = 'it is in no class folder, and has no label. Pack it as "<class>/<file>", or give a label';

const TOO_LARGE = `it has more than ${String(IMAGE_LIMITS.bytes)} bytes`;

/** Decodes files and says what classes they are of. */
export class ImageReader {
  constructor(
    private readonly layouts: ReadonlyMap<number, FolderLayout>,
    private readonly target: ImageTarget,
  ) {}

  /** @param file an image, or a file of another kind, or what is damaged */
  async read({ item, bytes, header }: ReadFile): Promise<ReadImage> {
    const place = this.placeOf(item);
    if (place === undefined) {
      return header === undefined ? { kind: 'other' } : { kind: 'bad', name: item.shown, reason: NO_CLASS };
    }
    if (bytes === undefined) return { kind: 'bad', name: item.shown, reason: TOO_LARGE };
    try {
      const { pixels, original, format } = await decodeImage(bytes, { target: this.target });
      return imageOf(item, place, { ...original, format }, pixels);
    } catch (error) {
      if (error instanceof ImageError) return { kind: 'bad', name: item.shown, reason: error.message };
      throw error;
    }
  }

  private placeOf(item: SourceItem): Place | undefined {
    if (item.label !== undefined) return { label: item.label };
    return this.layouts.get(item.root)?.placeOf(folderOf(item.path));
  }
}

function imageOf(
  item: SourceItem,
  place: Place,
  about: Omit<ImageHeader, 'plain'>,
  pixels: Buffer,
): ReadImage {
  const { width, height, channels, format } = about;
  const split = item.split ?? place.split ?? null;
  const sample = { label: place.label, split, name: item.path, width, height, channels, format };
  return { kind: 'image', sample, pixels };
}
