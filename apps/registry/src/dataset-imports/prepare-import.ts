import type {
  DatasetKind,
  DerivationChanges,
  DerivationOperation,
  ImportFormat,
  ImportSource,
} from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { requireKind } from '../dataset-contracts/read-contract';
import { otherKind } from '../datasets/add-version';
import { DatasetRepository } from '../datasets/dataset.repository';
import { RequireUploads } from './require-uploads';
import type { ImportRequest } from './submit-import';

/** What a file's format says about its samples. Parquet files hold either. */
const KINDS: Partial<Record<ImportFormat, DatasetKind>> = {
  csv: 'table',
  jsonl: 'table',
  'image-folders': 'image',
  images: 'image',
  idx: 'image',
  'cifar-10': 'image',
};

/** Finds out before an import is accepted what would make it fail. */
@Injectable()
export class PrepareImport {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly requireUploads: RequireUploads,
  ) {}

  /** @returns the version that is added to or changed, which stays meanwhile; undefined when there is none */
  async execute({
    dataset: name,
    source,
    options,
    contract,
    parent,
  }: ImportRequest): Promise<{ version: number; operation: DerivationOperation } | undefined> {
    await this.requireUploads.execute(source, 'VALIDATION_FAILED');
    const dataset = await this.datasets.find(name);
    if (dataset !== undefined) {
      const brings = options.format === undefined ? undefined : KINDS[options.format];
      if (brings !== undefined && brings !== dataset.kind) throw otherKind(name, dataset.kind, brings);
      if (contract !== undefined) requireKind(contract, dataset.kind, 'contract');
    }
    if (parent === undefined) return undefined;
    const { version } = await this.datasets.requireVersion(name, parent);
    await this.datasets.keepVersion(name, version);
    return { version, operation: operationOf(source) };
  }
}

function operationOf(source: ImportSource): DerivationOperation {
  return source.type === 'derive' ? changeOf(source.changes) : 'append';
}

/** Of several changes, the one that changes most. */
function changeOf({ filter, drop, relabel }: DerivationChanges): DerivationOperation {
  if (filter !== undefined || drop !== undefined) return 'filter';
  return relabel === undefined ? 'split' : 'relabel';
}
