import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UnreadableData } from '@modelyard/contracts';
import type { ImportFormat, ImportOptions } from '@modelyard/contracts';
import { stageImages } from '@modelyard/ml-images';
import type { StagedImages } from '@modelyard/ml-images';
import { stageTable } from '@modelyard/ml-tables';
import type { SourceFile, StagedTable } from '@modelyard/ml-tables';
import { unfoldLimit } from '../formats/unpack-limits';
import type { ImportWork } from './import-work';

/** The samples of an import in the engine's table `staged`. */
export type StagedSamples = { kind: 'table'; staged: StagedTable } | { kind: 'image'; staged: StagedImages };

/** @throws UnreadableData when they cannot be read, or are of another kind than the version that they are added to */
export async function stageSamples(
  work: ImportWork,
  files: SourceFile[],
  format: ImportFormat,
): Promise<StagedSamples> {
  const scratch = join(work.folder, 'staging');
  await mkdir(scratch);
  const table = format === 'csv' || format === 'jsonl' || format === 'parquet';
  const kind = work.parent?.manifest.schema.kind;
  if (kind !== undefined && kind !== (table ? 'table' : 'image')) {
    throw new UnreadableData(
      `The samples are ${table ? 'a table' : 'images'}, and the version that they are added to holds ${kind === 'image' ? 'images' : 'a table'}.`,
    );
  }
  const { signal } = work;
  const onProgress = (progress: { done: number; total?: number; unit: 'rows' | 'bytes' | 'files' }): void =>
    work.tell('reading', progress);
  if (table) {
    const options = { ...work.start.import.options, ...tableOptionsOf(work) };
    const { csv, columns, target, badRows } = options;
    const staged = await stageTable(work.engine, files, {
      format,
      scratch,
      signal,
      maximumBytes: await unfoldLimit(files, work.maxBytes),
      onProgress,
      ...(csv === undefined ? {} : { csv }),
      ...(columns === undefined ? {} : { columns }),
      ...(target === undefined ? {} : { target }),
      ...(badRows === undefined ? {} : { badRows }),
    });
    return { kind: 'table', staged };
  }
  const { badRows, image } = { ...work.start.import.options, ...imageOptionsOf(work) };
  const checkpoint = work.state.images;
  const staged = await stageImages(
    work.engine,
    files,
    {
      format,
      scratch,
      signal,
      maximumBytes: work.maxBytes,
      ...(image === undefined ? {} : { image }),
      ...(badRows === undefined ? {} : { badRows }),
      ...(checkpoint === undefined ? {} : { checkpoint }),
    },
    {
      storePart: (bytes) => work.store.put(bytes),
      readPart: async (part) => readFile(await work.store.file(part)),
      onProgress,
      onCheckpoint: (reached) => {
        work.state.images = reached;
        return Promise.resolve();
      },
    },
  );
  return { kind: 'image', staged };
}

/** Added rows must be read as those were that are there. */
function tableOptionsOf({ parent }: ImportWork): Pick<ImportOptions, 'columns' | 'target'> {
  const schema = parent?.manifest.schema;
  if (schema?.kind !== 'table') return {};
  const columns = (schema.fields ?? []).map(({ name, type, role }) => [name, { type, role }] as const);
  return { target: schema.target, columns: Object.fromEntries(columns) };
}

function imageOptionsOf({ parent, start }: ImportWork): Pick<ImportOptions, 'image'> {
  const schema = parent?.manifest.schema;
  if (schema?.kind !== 'image') return {};
  const [height = 1, width = 1, channels] = schema.shape;
  return { image: { ...start.import.options.image, height, width, channels: channels === 1 ? 1 : 3 } };
}
