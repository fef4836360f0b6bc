import type { StagedSample } from './staged-sample';
import { decodeImage } from '../decoding/decode-image';
import type { ImageTarget } from '../decoding/decode-image';
import { ImageError } from '../image-error';
import { sniffImage } from '../sniffing/sniff-image';
import type { SourceItem } from '../sources/source-items';
import type { FolderLayout } from '../survey/folder-layout';
import { folderOf } from '../survey/folder-of';

export interface ReadFile {
  item: SourceItem;
  bytes: Buffer;
}

export type ReadImage =
  | { kind: 'image'; sample: StagedSample; pixels: Buffer }
  | { kind: 'bad'; name: string; reason: string }
  /** A file that is no sample: a README beside the class folders. */
  | { kind: 'other' };

const NO_CLASS = 'it is in no class folder, and has no label. Pack it as "<class>/<file>", or give a label';

/** Decodes a file and says what class it is of. */
export async function readImage(
  { item, bytes }: ReadFile,
  layout: FolderLayout | undefined,
  target: ImageTarget,
): Promise<ReadImage> {
  const folder = folderOf(item.path);
  const place = item.label === undefined ? layout?.placeOf(folder) : { label: item.label, split: undefined };
  if (place === undefined) {
    if (sniffImage(bytes) === undefined) return { kind: 'other' };
    return { kind: 'bad', name: item.shown, reason: NO_CLASS };
  }
  try {
    const { pixels, original, format } = await decodeImage(bytes, { target });
    const split = item.split ?? place.split ?? null;
    return {
      kind: 'image',
      sample: { label: place.label, split, name: item.path, format, ...original },
      pixels,
    };
  } catch (error) {
    if (error instanceof ImageError) return { kind: 'bad', name: item.shown, reason: error.message };
    throw error;
  }
}
