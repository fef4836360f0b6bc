import type { Caller, DatasetVersion, SucceedImport } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import type { NewDatasetVersion } from './dataset.repository';
import { DatasetRepository } from './dataset.repository';

export interface VersionToAdd extends SucceedImport {
  dataset: string;
  /** Of the dataset, if this is its first version. */
  description: string;
  createdBy: string;
  from: Pick<NewDatasetVersion, 'parent' | 'importId'>;
}

@Injectable()
export class AddVersion {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * Gives a dataset its next version, in the transaction in progress, or finds the one that has this very content
   * already. The content is in the store, and claimed.
   * @throws AppError CONFLICT when the dataset holds samples of another kind
   */
  async execute(
    { dataset: name, description, createdBy, from, version, blobs }: VersionToAdd,
    caller: Caller,
    details: Record<string, unknown>,
  ): Promise<{ version: DatasetVersion; created: boolean }> {
    const { kind } = version.schema;
    const dataset = await this.datasets.hold({ name, kind, description, createdBy });
    if (dataset.kind !== kind) throw otherKind(name, dataset.kind, kind);
    const existing = await this.datasets.findSame(name, version);
    if (existing !== undefined) return { version: existing, created: false };
    const added = await this.datasets.addVersion({ ...version, ...from, dataset: name, createdBy }, blobs);
    await this.changes.execute({
      action: 'dataset.version-created',
      announce: 'dataset.version-created',
      subject: `datasets/${name}/versions/${added.version}`,
      caller,
      details: { ...details, digest: added.digest, rows: added.rows },
    });
    return { version: added, created: true };
  }
}

/** The error for samples that come under the name of a dataset of the other kind. */
export function otherKind(name: string, has: string, brings: string): AppError {
  const message = `dataset '${name}' holds samples of kind '${has}', these are of kind '${brings}'`;
  return new AppError('CONFLICT', `Choose another name: ${message}.`, {
    fields: [{ path: 'name', message }],
  });
}
