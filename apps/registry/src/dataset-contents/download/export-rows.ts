import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetSchema, DatasetVersion } from '@modelyard/contracts';
import { queryableColumns } from '@modelyard/ml-datasets';
import { exportRows } from '@modelyard/ml-tables';
import type { Queryable } from '@modelyard/ml-tables';
import { Injectable } from '@nestjs/common';
import type { Workplace } from '../opening/long-work';
import { LongWork } from '../opening/long-work';
import { explain } from '../rows/explain-query-errors';
import { valueColumns } from '../rows/value-columns';
import type { RowSelection } from '../rows/row-selection';
import type { Attachment } from './attachment';
import { MEDIA_TYPES } from './attachment';

export type RowFormat = 'csv' | 'jsonl' | 'parquet';

/** Rows as one file. */
@Injectable()
export class ExportRows {
  constructor(private readonly work: LongWork) {}

  /** @throws AppError VALIDATION_FAILED for a filter that does not fit; OVERLOADED, DEADLINE_EXCEEDED */
  execute(
    version: DatasetVersion,
    { selection, format, signal }: { selection: RowSelection; format: RowFormat; signal?: AbortSignal },
  ): Promise<Attachment> {
    return this.work.run(
      [version],
      (place) =>
        writeRows(place, {
          relation: place.stored[0]?.samples ?? '',
          columns: exportedColumns(version.schema),
          selection,
          format,
          name: `${version.dataset}-v${version.version}`,
        }),
      signal === undefined ? {} : { signal },
    );
  }
}

/**
 * Writes rows into the workplace, and opens the file: it lives on without a name until it has been read, or whoever
 * wanted it has gone.
 */
export async function writeRows(
  { engine, folder }: Workplace,
  {
    selection,
    name,
    ...request
  }: { relation: string; columns: Queryable[]; selection: RowSelection; format: RowFormat; name: string },
): Promise<Attachment> {
  const path = join(folder, 'rows');
  try {
    await exportRows(engine, { ...request, ...selection, path });
  } catch (error) {
    throw explain(error);
  }
  const file = await open(path);
  const { size } = await file.stat();
  return {
    name: `${name}.${request.format}`,
    mediaType: MEDIA_TYPES[request.format],
    stream: file.createReadStream(),
    size,
  };
}

/** A table's columns, and the split, so that an import of the file divides the rows as they are divided now. Of images what the index knows. */
function exportedColumns(schema: DatasetSchema): Queryable[] {
  if (schema.kind === 'image') {
    const own = queryableColumns(schema).filter(({ name }) => ['row', 'label', 'split'].includes(name));
    return [...own, ...valueColumns(schema)];
  }
  const split = { name: 'split', expression: 'split', type: 'categorical' } as const;
  const taken = valueColumns(schema).some(({ name }) => name.toLowerCase() === 'split');
  return [...valueColumns(schema), taken ? { ...split, name: '__split__' } : split];
}
