import type { Caller, DataContract, DatasetImport, ImportOptions, ImportSource } from '@modelyard/contracts';
import { requestContext } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { Identifiers } from '../sources/identifiers';
import type { NewDatasetImport } from './dataset-import.repository';
import { DatasetImportRepository } from './dataset-import.repository';
import { PrepareImport } from './prepare-import';
import { showSource } from './show-import';

export interface ImportRequest {
  dataset: string;
  description?: string;
  source: ImportSource;
  options: ImportOptions;
  contract?: DataContract;
  /** The version that the samples are added to, or that the changes are made to. */
  parent?: number | 'latest';
}

@Injectable()
export class SubmitImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly prepare: PrepareImport,
    private readonly changes: RecordChange,
    private readonly identifiers: Identifiers,
  ) {}

  /**
   * Accepts an import: it and the request for a worker become durable in one commit.
   * @throws AppError NOT_FOUND when there is no such parent; VALIDATION_FAILED when an upload is not complete; CONFLICT
   *   when the dataset holds samples of another kind, or the parent's content is deleted
   */
  execute(request: ImportRequest, caller: Caller): Promise<DatasetImport> {
    return this.work.transaction(async () => {
      const parent = await this.prepare.execute(request);
      const { dataset, description, source, options, contract } = request;
      const created: NewDatasetImport = {
        id: this.identifiers.runId(),
        dataset,
        source,
        options,
        ...(description === undefined ? {} : { description }),
        ...(contract === undefined ? {} : { contract }),
        ...(parent === undefined ? {} : { parent }),
        requestId: requestContext.get()?.requestId ?? '',
        createdBy: caller.name,
      };
      await this.imports.create(created);
      await this.imports.addEvent(created.id, 'status', { status: 'queued' });
      await this.changes.execute({
        action: 'dataset-import.queued',
        startsImport: created.id,
        subject: `dataset-imports/${created.id}`,
        caller,
        details: { dataset, source: showSource(source), ...(parent === undefined ? {} : { parent }) },
      });
      return this.imports.require(created.id);
    });
  }
}
