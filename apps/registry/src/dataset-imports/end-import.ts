import type { Caller, DatasetImport, ImportError } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { Clock } from '../sources/clock';
import { UploadExpiry } from '../uploads/upload-expiry';
import { UploadRepository } from '../uploads/upload.repository';
import { DatasetImportRepository } from './dataset-import.repository';

export type ImportEnd =
  | { status: 'succeeded'; result: { version: number; created: boolean } }
  | { status: 'failed'; error: ImportError }
  | { status: 'cancelled' };

@Injectable()
export class EndImport {
  constructor(
    private readonly imports: DatasetImportRepository,
    private readonly uploads: UploadRepository,
    private readonly expiry: UploadExpiry,
    private readonly changes: RecordChange,
    private readonly clock: Clock,
  ) {}

  /** Ends an import that the transaction holds. Its uploads stay for a while, so that it may be tried again. */
  async execute(held: DatasetImport, end: ImportEnd, caller: Caller): Promise<DatasetImport> {
    const { id, source, dataset } = held;
    await this.imports.change(id, { error: null, ...end, endedAt: this.clock.now() });
    if (source.type === 'upload') {
      const ids = source.uploads.map((upload) => upload.id);
      await this.uploads.prolong(ids, this.expiry.next());
    }
    await this.imports.addEvent(id, 'status', { ...end });
    await this.changes.execute({
      action: `dataset-import.${end.status}`,
      subject: `dataset-imports/${id}`,
      caller,
      details: { dataset, ...detailsOf(end) },
    });
    return this.imports.require(id);
  }
}

function detailsOf(end: ImportEnd): Record<string, unknown> {
  switch (end.status) {
    case 'succeeded':
      return end.result;
    case 'failed':
      return { error: end.error.message };
    case 'cancelled':
      return {};
  }
}
