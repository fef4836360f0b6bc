import type { Caller, DatasetImport, DerivationChanges } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { present } from '../listing/present';
import type { AppendSamplesDto } from './dto/create-dataset.dto';
import { readSource } from './read-source';
import { SubmitImport } from './submit-import';

export interface ParentVersion {
  dataset: string;
  version: number | 'latest';
}

/** Makes a version from another one. */
@Injectable()
export class DeriveVersion {
  constructor(private readonly submit: SubmitImport) {}

  /** @throws AppError what `SubmitImport` throws */
  append(parent: ParentVersion, request: AppendSamplesDto, caller: Caller): Promise<DatasetImport> {
    const { source, ...options } = request;
    return this.submit.execute(
      {
        dataset: parent.dataset,
        parent: parent.version,
        source: readSource(source),
        options: present(options),
      },
      caller,
    );
  }

  /** @throws AppError VALIDATION_FAILED when nothing changes; what `SubmitImport` throws */
  derive(parent: ParentVersion, changes: DerivationChanges, caller: Caller): Promise<DatasetImport> {
    const wanted = present(changes);
    if (Object.keys(wanted).length === 0) {
      const message = 'must say what changes: filter, drop, relabel or split';
      throw new AppError('VALIDATION_FAILED', `The body ${message}.`, { fields: [{ path: '', message }] });
    }
    const source = { type: 'derive', changes: wanted } as const;
    return this.submit.execute(
      { dataset: parent.dataset, parent: parent.version, source, options: {} },
      caller,
    );
  }
}
