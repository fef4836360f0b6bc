import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest, DatasetOrigin, ImportFormat } from '@modelyard/contracts';
import { buildVersion } from '@modelyard/ml-datasets';
import type { BuiltVersion } from '@modelyard/ml-datasets';
import { detectFormat } from '../formats/detect-format';
import { unpackTables } from '../formats/unpack-tables';
import type { FetchedFile } from '../sources/fetching';
import { PUBLISHED_DATASETS } from '../sources/well-known';
import { checkStaged } from './check-staged';
import type { ImportWork } from './import-work';
import { stageSamples } from './stage-samples';

/** Reads the files' samples, checks them, and makes a version of them. */
export async function importFiles(work: ImportWork, files: FetchedFile[]): Promise<BuiltVersion> {
  const { start, engine, folder, store, signal } = work;
  const { source, options } = start.import;
  const published =
    source.type === 'well-known' && source.name in PUBLISHED_DATASETS
      ? PUBLISHED_DATASETS[source.name as keyof typeof PUBLISHED_DATASETS]
      : undefined;
  const detected = await detectFormat(files, work.maxBytes);
  const format = options.format ?? published?.format ?? detected.format;
  const readable = detected.packed ? await unpacked(work, files, format) : files;
  const sample = await stageSamples(work, readable, format);
  const checked = await checkStaged(work, sample);
  const origin: Partial<DatasetOrigin> = { ...published?.origin, ...urlOf(start), ...options.origin };
  // Images are stored while they are read.
  const total = sample.staged.rows;
  work.tell(sample.kind === 'image' ? 'profiling' : 'storing', { done: 0, total, unit: 'rows' });
  return buildVersion({
    ...sample,
    engine,
    folder,
    store,
    signal,
    origin,
    original: originalOf(files, format),
    warnings: [...('warnings' in sample.staged ? sample.staged.warnings : []), ...checked.warnings],
    ...(options.split === undefined ? {} : { split: options.split }),
    ...(work.parent === undefined ? {} : { parent: work.parent }),
    ...(checked.report === undefined ? {} : { contractReport: checked.report }),
    ...(checked.quarantine === undefined ? {} : { quarantine: checked.quarantine }),
    onProgress: (progress) => {
      work.tell('storing', progress);
      if (progress.done === progress.total) work.tell('profiling', { done: 0, total, unit: 'rows' });
    },
  });
}

async function unpacked(work: ImportWork, files: FetchedFile[], format: ImportFormat) {
  const folder = join(work.folder, 'tables');
  await mkdir(folder);
  return unpackTables(files, format, folder, { signal: work.signal, maximumBytes: work.maxBytes });
}

function originalOf(files: FetchedFile[], format: ImportFormat): NonNullable<DatasetManifest['original']> {
  return { format, files: files.map(({ stored }) => stored) };
}

/** Without its query, which may hold a signature. */
function urlOf({ import: { source } }: ImportWork['start']): Partial<DatasetOrigin> {
  if (source.type !== 'url') return {};
  const { origin, pathname } = new URL(source.url);
  return { url: origin + pathname };
}
