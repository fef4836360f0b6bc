import type { BuiltInDataset, Caller, DatasetVersion } from '@modelyard/contracts';
import type { PackedDataset } from '@modelyard/ml-datasets';
import {
  classCounts,
  datasetDigest,
  DEFAULT_SPLIT,
  encodeDataset,
  loadBuiltIn,
  splitIndices,
} from '@modelyard/ml-datasets';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import type { NewDatasetVersion } from './dataset.repository';
import { DatasetRepository } from './dataset.repository';

export interface DatasetImport {
  name: string;
  builtIn: BuiltInDataset;
  description?: string;
}

@Injectable()
export class ImportDataset {
  constructor(
    private readonly work: UnitOfWork,
    private readonly datasets: DatasetRepository,
    private readonly blobs: BlobStore,
    private readonly changes: RecordChange,
  ) {}

  /**
   * Stores the content as a new version, or finds the version that holds this very content already.
   * The blob is written first: a version never points at content that is not there.
   * @throws AppError CONFLICT when the dataset holds samples of another kind
   */
  async execute(
    request: DatasetImport,
    caller: Caller,
  ): Promise<{ version: DatasetVersion; created: boolean }> {
    const packed = await loadBuiltIn(request.builtIn);
    const version = describe(request.name, packed, await this.blobs.put(encodeDataset(packed)), caller);
    return this.work.transaction(async () => {
      const description = request.description ?? packed.source.description;
      const dataset = await this.datasets.hold({
        name: request.name,
        kind: packed.schema.kind,
        description,
        createdBy: caller.name,
      });
      if (dataset.kind !== packed.schema.kind)
        throw otherKind(request.name, dataset.kind, packed.schema.kind);
      const existing = await this.datasets.findSame(request.name, version);
      if (existing !== undefined) return { version: existing, created: false };
      const added = await this.datasets.addVersion(version, []);
      await this.changes.execute({
        action: 'dataset.version-created',
        announce: 'dataset.version-created',
        subject: `datasets/${added.dataset}/versions/${added.version}`,
        caller,
        details: { builtIn: request.builtIn, digest: added.digest, rows: added.rows },
      });
      return { version: added, created: true };
    });
  }
}

function describe(
  name: string,
  packed: PackedDataset,
  blob: DatasetVersion['blob'],
  caller: Caller,
): NewDatasetVersion {
  const indices = splitIndices(packed, DEFAULT_SPLIT);
  return {
    dataset: name,
    digest: datasetDigest(packed),
    schema: packed.schema,
    rows: packed.rows,
    classCounts: classCounts(packed),
    split: {
      method: 'stratified',
      ...DEFAULT_SPLIT,
      counts: {
        train: indices.train.length,
        validation: indices.validation.length,
        test: indices.test.length,
      },
    },
    blob,
    storedBytes: blob.size,
    warnings: [],
    quarantinedRows: 0,
    source: packed.source,
    createdBy: caller.name,
  };
}

function otherKind(name: string, has: string, brings: string): AppError {
  const message = `dataset '${name}' holds samples of kind '${has}', these are of kind '${brings}'`;
  return new AppError('CONFLICT', `Choose another name: ${message}.`, {
    fields: [{ path: 'name', message }],
  });
}
