import { join } from 'node:path';
import { BUILT_IN_DATASETS, UnreadableData } from '@modelyard/contracts';
import type { BuiltInDataset, ImportSource, StartImportResponse, StoredFile } from '@modelyard/contracts';
import { assemble } from './assemble';
import { download } from './download';
import type { FetchedFile, Fetching } from './fetching';
import { fetchFromMirror } from './mirror';
import { PUBLISHED_DATASETS } from './well-known';
import type { PublishedFile } from './well-known';

/** Form uploads are many small files; what each waits for is the disk. */
const AT_ONCE = 8;

/** Brings all files of an import's source into the folder. @throws as `download` does */
export async function fetchSource(
  { import: { source }, files }: StartImportResponse,
  fetching: Fetching,
): Promise<FetchedFile[]> {
  switch (source.type) {
    case 'upload':
      return fetchUploads(files, fetching);
    case 'url':
      return [await fetchUrl(source, fetching)];
    case 'well-known':
      return fetchWellKnown(source.name, fetching);
    case 'derive':
      return [];
  }
}

async function fetchUploads(files: StoredFile[], fetching: Fetching): Promise<FetchedFile[]> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > fetching.maxBytes) {
    throw new UnreadableData(
      `The files have ${total} bytes in all, more than the ${fetching.maxBytes} that an import may have. Import them in parts, by appending.`,
    );
  }
  const fetched: FetchedFile[] = [];
  let done = 0;
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < files.length; index = next++) {
      const file = files[index] as StoredFile;
      const path = pathOf(fetching, index);
      fetching.signal.throwIfAborted();
      await assemble(fetching.blobs, file.pieces, path, fetching.signal);
      fetched[index] = fetchedFile(path, file);
      done += file.size;
      fetching.onProgress({ done, total, unit: 'bytes' });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return fetched;
}

async function fetchUrl(
  { url, sha256 }: Extract<ImportSource, { type: 'url' }>,
  fetching: Fetching,
): Promise<FetchedFile> {
  const path = pathOf(fetching, 0);
  const pieces = await download({ url, sha256, path }, fetching);
  return fetchedFile(path, storedFile(nameOf(url), pieces));
}

async function fetchWellKnown(name: string, fetching: Fetching): Promise<FetchedFile[]> {
  if (BUILT_IN_DATASETS.includes(name as BuiltInDataset)) return [];
  const published = PUBLISHED_DATASETS[name as keyof typeof PUBLISHED_DATASETS];
  const total = published.files.reduce((sum, { size }) => sum + size, 0);
  const fetched: FetchedFile[] = [];
  let before = 0;
  for (const [index, file] of published.files.entries()) {
    const start = before;
    const pieces = await fetchPublished(name, file, pathOf(fetching, index), {
      ...fetching,
      onProgress: ({ done, unit }) => fetching.onProgress({ done: start + done, total, unit }),
    });
    before += file.size;
    fetching.onProgress({ done: before, total, unit: 'bytes' });
    fetched.push(fetchedFile(pathOf(fetching, index), storedFile(file.name, pieces)));
  }
  return fetched;
}

async function fetchPublished(
  dataset: string,
  file: PublishedFile,
  path: string,
  fetching: Fetching,
): Promise<StoredFile['pieces']> {
  const mirrored = await fetchFromMirror(dataset, file, path, fetching);
  return mirrored ?? download({ url: file.url, sha256: file.sha256, path }, fetching);
}

function fetchedFile(path: string, stored: StoredFile): FetchedFile {
  const { name, label, split } = stored;
  return {
    path,
    name,
    stored,
    ...(label === undefined ? {} : { label }),
    ...(split === undefined ? {} : { split }),
  };
}

function storedFile(name: string, pieces: StoredFile['pieces']): StoredFile {
  return { name, size: pieces.reduce((sum, { size }) => sum + size, 0), pieces };
}

/** No text of a user's becomes a path. */
function pathOf({ folder }: Fetching, index: number): string {
  return join(folder, `file-${index}`);
}

function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'download';
  } catch {
    return last;
  }
}
