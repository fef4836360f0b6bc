import type { DatasetSchema, DatasetVersion } from '@modelyard/contracts';
import { queryableColumns } from '@modelyard/ml-datasets';
import type { Queryable } from '@modelyard/ml-tables';
import { Injectable } from '@nestjs/common';
import { LongWork } from '../opening/long-work';
import { valueColumns } from '../rows/value-columns';
import type { RowSelection } from '../rows/row-selection';
import type { Attachment } from './attachment';
import type { RowFormat } from './write-rows';
import { writeRows } from './write-rows';

/** Rows as one file. */
@Injectable()
export class ExportRows {
  constructor(private readonly work: LongWork) {}

  /** @throws AppError VALIDATION_FAILED for a filter that does not fit; OVERLOADED, DEADLINE_EXCEEDED */
  execute(
    version: DatasetVersion,
    { selection, format, signal }: { selection: RowSelection; format: RowFormat; signal?: AbortSignal },
  ): Promise<Attachment> {
    const rows = {
      columns: exportedColumns(version.schema),
      selection,
      format,
      name: `${version.dataset}-v${version.version}`,
    };
    return new Promise((resolve, reject) => {
      this.work
        .run(
          [version],
          (place) => writeRows(place, { relation: place.stored[0]?.samples ?? '', ...rows }, resolve),
          signal === undefined ? {} : { signal },
        )
        .catch(reject); // what goes wrong after the file was sent, its reader is told
    });
  }
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
