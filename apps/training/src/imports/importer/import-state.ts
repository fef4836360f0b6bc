import type { BlobReference, ImportCheckpoint } from '@modelyard/contracts';
import type { ImageCheckpoint } from '@modelyard/ml-images';
import type { FromImporter } from '../importer-protocol';
import type { DownloadState } from '../sources/fetching';

const VERSION = 1;

/** How far an import has come, for another attempt to go on from. Every change is told. */
export class ImportState {
  readonly downloads = new Map<string, DownloadState>();
  private stagedImages: ImageCheckpoint | undefined;

  constructor(
    checkpoint: ImportCheckpoint | undefined,
    private readonly say: (message: FromImporter) => void,
  ) {
    // Another version of the product may have written it: then the work is done again.
    if (checkpoint?.['version'] !== VERSION) return;
    for (const download of checkpoint['downloads'] as DownloadState[])
      this.downloads.set(download.url, download);
    this.stagedImages = checkpoint['images'] as ImageCheckpoint | undefined;
  }

  get images(): ImageCheckpoint | undefined {
    return this.stagedImages;
  }

  set images(images: ImageCheckpoint | undefined) {
    this.stagedImages = images;
    this.tell();
  }

  tell(): void {
    const downloads = [...this.downloads.values()].map((download) => ({
      ...download,
      pieces: [...download.pieces],
    }));
    const images = this.stagedImages;
    const checkpoint = { version: VERSION, downloads, ...(images === undefined ? {} : { images }) };
    this.say({ type: 'checkpoint', checkpoint: { ...checkpoint, blobs: blobsIn(checkpoint) } });
  }
}

/** Every blob that is named somewhere in it: the registry keeps them while the import may need them. */
function blobsIn(value: unknown): BlobReference[] {
  if (Array.isArray(value)) return value.flatMap(blobsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { sha256, size } = value as Partial<BlobReference>;
  if (typeof sha256 === 'string' && typeof size === 'number') return [{ sha256, size }];
  return Object.values(value).flatMap(blobsIn);
}
