import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { BUILT_IN_DATASETS } from '@modelyard/contracts';
import type { BuiltInDataset, SucceedImport } from '@modelyard/contracts';
import { buildBuiltIn, openVersion } from '@modelyard/ml-datasets';
import type { StoredVersion } from '@modelyard/ml-datasets';
import { TableEngine } from '@modelyard/ml-tables';
import { toStoredContent } from '@modelyard/platform-blobs';
import type { ImporterAssignment, ImporterOutcome } from '../importer-protocol';
import { fetchSource } from '../sources/fetch-source';
import { deriveFromParent } from './derive-from-parent';
import { importFiles } from './import-files';
import type { ImportWork } from './import-work';
import { ImportState } from './import-state';
import type { ImporterParts } from './importer-parts';
import { ProgressTeller } from './progress-teller';

/**
 * One whole import: files, samples, checks, version. The same assignment gives the same version, wherever an earlier
 * attempt broke off.
 * @throws UnreadableData when the data are the reason; AppError, TableError and others when it may be the world around
 */
export async function runImport(
  assignment: ImporterAssignment,
  parts: ImporterParts,
): Promise<ImporterOutcome> {
  try {
    return { type: 'finished', result: await makeVersion(assignment, parts) };
  } catch (error) {
    if (parts.signal.aborted) return { type: 'handed-back' };
    throw error;
  }
}

async function makeVersion(assignment: ImporterAssignment, parts: ImporterParts): Promise<SucceedImport> {
  const { start, limits, folder } = assignment;
  const { source } = start.import;
  const store = toStoredContent(parts.blobs);
  const teller = new ProgressTeller(parts.say);
  if (source.type === 'well-known' && BUILT_IN_DATASETS.includes(source.name as BuiltInDataset)) {
    return told(await buildBuiltIn(source.name as BuiltInDataset, store, folder));
  }
  const state = new ImportState(start.checkpoint, parts.say);
  const files = join(folder, 'files');
  await mkdir(files);
  const fetched = await fetchSource(start, {
    blobs: parts.blobs,
    folder: files,
    egress: assignment.egress,
    maxBytes: limits.maxBytes,
    signal: parts.signal,
    onProgress: (progress) => teller.tell('fetching', progress),
    downloads: state.downloads,
    onDownloads: () => state.tell(),
  });
  const engine = await TableEngine.open({
    folder,
    folders: [parts.blobs.filesFolder],
    memoryMiB: limits.memoryMiB,
    threads: limits.threads,
  });
  const interrupt = (): void => engine.interrupt();
  parts.signal.addEventListener('abort', interrupt, { once: true });
  try {
    const parent =
      start.parent && (await attached(await openVersion(store, start.parent.blob), engine, 'parent_'));
    const work: ImportWork = {
      start,
      engine,
      folder,
      store,
      state,
      maxBytes: limits.maxBytes,
      signal: parts.signal,
      now: parts.now,
      tell: (phase, progress) => teller.tell(phase, progress),
      ...(parent === undefined ? {} : { parent }),
    };
    return told(
      source.type === 'derive'
        ? await deriveFromParent(work, source.changes)
        : await importFiles(work, fetched),
    );
  } finally {
    parts.signal.removeEventListener('abort', interrupt);
    engine.close();
  }
}

async function attached(version: StoredVersion, engine: TableEngine, prefix: string): Promise<StoredVersion> {
  await version.attach(engine, prefix);
  return version;
}

/** What the registry is told of a version, and nothing else. */
function told({ version, blobs }: SucceedImport): SucceedImport {
  return { version, blobs };
}
