import type { PackageFile, RunArtifact } from '@modelyard/contracts';
import type { BlobStore } from '@modelyard/platform-blobs';

/** Puts files into the blob store. Content that lies there already is not written again. */
export async function storeFiles(
  blobs: Pick<BlobStore, 'put'>,
  files: ReadonlyMap<string, Buffer>,
): Promise<PackageFile[]> {
  const stored: PackageFile[] = [];
  for (const [path, content] of files) stored.push({ path, ...(await blobs.put(content)) });
  return stored;
}

const MEDIA_TYPES: [RegExp, string][] = [
  [/\.json$/, 'application/json'],
  [/\.md$/, 'text/markdown'],
  [/(\.ya?ml|(^|\/)MLmodel)$/, 'application/yaml'],
];

/** The same files as a run's artifacts, under `folder` (with its slash) if given. */
export function artifactsOf(files: PackageFile[], folder = ''): RunArtifact[] {
  return files.map((file) => ({
    path: folder + file.path,
    size: file.size,
    sha256: file.sha256,
    mediaType: MEDIA_TYPES.find(([pattern]) => pattern.test(file.path))?.[1] ?? 'application/octet-stream',
  }));
}
