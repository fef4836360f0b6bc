import { dirname } from 'node:path';
import type { BlobReference, ColumnType, DatasetVersion } from '@modelyard/contracts';
import { quoteIdentifier } from '@modelyard/ml-tables';
import type { Queryable, TableEngine } from '@modelyard/ml-tables';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { LongWork } from '../opening/long-work';
import { OpenVersions } from '../opening/open-versions';
import type { Attachment } from './attachment';
import { MEDIA_TYPES } from './attachment';
import type { RowFormat } from './write-rows';
import { writeRows } from './write-rows';

/** Of the file's columns; what is not here is written as text. */
const TYPES: Record<string, ColumnType> = {
  BIGINT: 'integer',
  INTEGER: 'integer',
  DOUBLE: 'numeric',
  BOOLEAN: 'boolean',
  TIMESTAMP: 'date',
};

/** The row's number at the import, which is missing where a row could not even be read. */
const OWN_ROW = '__row__';

/** The rows that an import kept aside, with their reasons. */
@Injectable()
export class DownloadQuarantine {
  constructor(
    private readonly versions: OpenVersions,
    private readonly work: LongWork,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws AppError NOT_FOUND when no row was kept aside; OVERLOADED, DEADLINE_EXCEEDED */
  async execute(version: DatasetVersion, format: RowFormat, signal: AbortSignal): Promise<Attachment> {
    const { manifest } = await this.versions.stored(version);
    if (manifest.quarantine === undefined) throw nothingAside(version);
    const name = `${version.dataset}-v${version.version}-quarantine`;
    if (format === 'parquet') return this.asStored(manifest.quarantine, name);
    const path = await this.blobs.file(manifest.quarantine.sha256);
    return new Promise((resolve, reject) => {
      this.work
        .run(
          [],
          async (place) => {
            await readInto(place.engine, path);
            const columns = await columnsOf(place.engine);
            const selection = { filterable: [] };
            await writeRows(place, { relation: 'quarantine', columns, selection, format, name }, resolve);
          },
          { signal, folders: [dirname(path)] },
        )
        .catch(reject); // what goes wrong after the file was sent, its reader is told
    });
  }

  private async asStored({ sha256, size }: BlobReference, name: string): Promise<Attachment> {
    const stream = await this.blobs.get(sha256);
    return { name: `${name}.parquet`, mediaType: MEDIA_TYPES.parquet, stream, size };
  }
}

function readInto(engine: TableEngine, path: string): Promise<unknown> {
  return engine.run(
    `create table quarantine as select row_number() over () as "row", "row" as ${OWN_ROW}, * exclude ("row")
     from read_parquet($1)`,
    [path],
  );
}

async function columnsOf(engine: TableEngine): Promise<Queryable[]> {
  const columns = await engine.rows<{ column_name: string; column_type: string }>('describe quarantine');
  return columns
    .filter(({ column_type: type, column_name: name }) => type !== 'BLOB' && name !== 'row')
    .map(({ column_name: name, column_type: type }) => ({
      name: name === OWN_ROW ? 'row' : name,
      expression: quoteIdentifier(name),
      type: TYPES[type] ?? 'text',
    }));
}

function nothingAside({ dataset, version }: DatasetVersion): AppError {
  return new AppError('NOT_FOUND', `No rows of version ${version} of dataset '${dataset}' were kept aside.`);
}
