import { readFile } from 'node:fs/promises';
import type { BlobReference, DatasetManifest, DatasetStatistics } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { quoteText } from '../build/quote-text';
import { DatasetError } from '../dataset-error';
import type { ContentStore } from '../store/content-store';
import { readPixels } from './read-pixels';

/** A version in a store. */
export class StoredVersion {
  private attached: string | undefined;

  constructor(
    readonly store: ContentStore,
    readonly blob: BlobReference,
    readonly manifest: DatasetManifest,
  ) {}

  /** The name of the relation of its samples, once it is attached. */
  get samples(): string {
    if (this.attached === undefined) throw new DatasetError('The version is not attached to an engine.');
    return this.attached;
  }

  /** The name of the table of its index, once it is attached. */
  get index(): string {
    return this.samples.replace(/samples$/, 'index');
  }

  /**
   * Makes the version's samples the relation `<prefix>samples` of the engine, which must be allowed to read the store's
   * files: `row`, `split`, `label`, `digest`, `content` (the digest of the values without the label), `part`, `pos`, and of
   * tables `c0` … with the label in the target's place, of images `name`, `width`, `height`, `channels`, `format`.
   *
   * The index is read into the engine; values stay in their files until a query needs them.
   * @returns the relation's name
   */
  async attach(engine: TableEngine, prefix: string): Promise<string> {
    if (!/^[a-z][a-z0-9_]*$/.test(prefix)) throw new RangeError(`${prefix} is no prefix`);
    const { schema, index } = this.manifest;
    const path = await this.store.file(index);
    await engine.run(`create or replace table ${prefix}index as select * from read_parquet($1)`, [path]);
    const relation = `${prefix}samples`;
    if (schema.kind === 'image') {
      await engine.run(`create or replace view ${relation} as select * from ${prefix}index`);
    } else {
      await engine.run(`create or replace view ${relation} as ${await this.tableQuery(prefix)}`);
    }
    this.attached = relation;
    return relation;
  }

  async statistics(): Promise<DatasetStatistics> {
    const path = await this.store.file(this.manifest.statistics);
    return JSON.parse(await readFile(path, 'utf8')) as DatasetStatistics;
  }

  /**
   * The pixels of some images, in the order of `rows`: product(shape) bytes each. The version must be attached.
   * @throws RangeError when a row is not in the version, or this is a table
   */
  pixels(engine: TableEngine, rows: number[]): Promise<Buffer[]> {
    return readPixels(engine, this, rows);
  }

  private async tableQuery(prefix: string): Promise<string> {
    const { schema, parts } = this.manifest;
    const columns = (schema.fields ?? []).map(({ name }, index) =>
      name === schema.target ? `i.label as c${index}` : `p.c${index}`,
    );
    const paths = await Promise.all(parts.map((part) => this.store.file(part)));
    return `select i.row, i.split, i.label, i.digest, i.content, i.part, i.pos, ${columns.join(', ')}
      from ${prefix}index i
      join (select *, file_index, file_row_number from read_parquet([${paths.map(quoteText).join(', ')}])) p
        on i.part = p.file_index and i.pos = p.file_row_number`;
  }
}

/** @throws DatasetError when the content is no manifest of ours */
export async function openVersion(store: ContentStore, blob: BlobReference): Promise<StoredVersion> {
  const text = await readFile(await store.file(blob), 'utf8');
  return new StoredVersion(store, blob, parseManifest(text));
}

function parseManifest(text: string): DatasetManifest {
  let manifest: DatasetManifest;
  try {
    manifest = JSON.parse(text) as DatasetManifest;
  } catch {
    throw new DatasetError('The manifest of the version is no JSON.');
  }
  if (manifest?.format !== 'modelyard-dataset/1') {
    throw new DatasetError('The version is not of the format modelyard-dataset/1.');
  }
  return manifest;
}
