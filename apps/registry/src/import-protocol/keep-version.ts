import type { Caller, Dataset, SucceedImport } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { BlobReferences } from '../blob-references/blob-references';
import { ReviseContract } from '../dataset-contracts/revise-contract';
import type { KnownImport } from '../dataset-imports/dataset-import.repository';
import { DatasetImportRepository } from '../dataset-imports/dataset-import.repository';
import { showSource } from '../dataset-imports/show-import';
import { AddVersion } from '../datasets/add-version';
import { DatasetRepository } from '../datasets/dataset.repository';

/** Writes what an import came to: the version, and the contract that came along. */
@Injectable()
export class KeepVersion {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly add: AddVersion,
    private readonly contracts: ReviseContract,
    private readonly imports: DatasetImportRepository,
    private readonly references: BlobReferences,
  ) {}

  /** Makes the dataset if it is new, and holds it until the transaction ends. */
  hold({ import: held, description }: KnownImport, { version }: SucceedImport): Promise<Dataset> {
    return this.datasets.hold({
      name: held.dataset,
      kind: version.schema.kind,
      description: description ?? version.source.description,
      createdBy: held.createdBy,
    });
  }

  /** Adds to a dataset that is held, and of the same kind. */
  async execute(
    known: KnownImport,
    { version, blobs }: SucceedImport,
    caller: Caller,
  ): Promise<{ version: number; created: boolean }> {
    const { import: held, parent } = known;
    const revision = await this.keepContract(known, caller);
    const { version: kept, created } = await this.add.execute(
      {
        dataset: held.dataset,
        description: known.description ?? version.source.description,
        createdBy: held.createdBy,
        from: { importId: held.id, ...(parent === undefined ? {} : { parent }) },
        version: revision === undefined ? version : withRevision(version, revision),
        blobs,
      },
      caller,
      { import: held.id, source: showSource(held.source) },
    );
    await this.references.release([
      ...(await this.imports.needBlobs(held.id, [])),
      ...(created ? [] : blobs.map(({ sha256 }) => sha256)),
    ]);
    await this.imports.change(held.id, { checkpoint: null });
    return { version: kept.version, created };
  }

  /** @returns the revision of the contract that came along; undefined when none did */
  private async keepContract(
    { import: held, contract }: KnownImport,
    caller: Caller,
  ): Promise<number | undefined> {
    if (contract === undefined) return undefined;
    const author = { ...caller, name: held.createdBy };
    const { saved } = await this.contracts.replace(held.dataset, contract, undefined, author);
    return saved.revision;
  }
}

/** The number that the contract was expected to get may have been given to another meanwhile. */
function withRevision(version: SucceedImport['version'], revision: number): SucceedImport['version'] {
  if (version.contract === undefined) return version;
  return { ...version, contract: { ...version.contract, revision } };
}
