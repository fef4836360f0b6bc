import { isDeepStrictEqual } from 'node:util';
import type { Caller, DataContract, DatasetContract } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetRepository } from '../datasets/dataset.repository';
import { notFound } from '../naming/not-found';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import { Tagged } from '../preconditions/tagged';
import { ContractRepository } from './contract.repository';
import { requireKind } from './read-contract';

@Injectable()
export class ReviseContract {
  constructor(
    private readonly work: UnitOfWork,
    private readonly datasets: DatasetRepository,
    private readonly contracts: ContractRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * Makes a contract the one that versions are checked against from now on. The same again is no new revision.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, or VALIDATION_FAILED for a contract of another kind
   */
  replace(
    name: string,
    contract: DataContract,
    precondition: Precondition,
    caller: Caller,
  ): Promise<{ saved: Tagged<DatasetContract>; created: boolean }> {
    return this.work.transaction(async () => {
      const held = await this.contracts.hold(name);
      requireMatch(precondition, held.revision);
      requireKind(contract, (await this.datasets.require(name)).kind);
      if (!isDeepStrictEqual(held.contract, asKept(contract))) await this.add(name, contract, caller);
      return { saved: await this.current(name), created: held.contract === undefined };
    });
  }

  /**
   * Ends the checking of a dataset's versions. Earlier revisions stay on record.
   * @throws AppError NOT_FOUND, or PRECONDITION_FAILED
   */
  remove(name: string, precondition: Precondition, caller: Caller): Promise<void> {
    return this.work.transaction(async () => {
      const held = await this.contracts.hold(name);
      requireMatch(precondition, held.revision);
      if (held.contract === undefined) throw notFound(`a contract of dataset '${name}'`);
      await this.add(name, undefined, caller);
    });
  }

  private async add(name: string, contract: DataContract | undefined, caller: Caller): Promise<void> {
    const revision = await this.contracts.add(name, contract, caller.name);
    await this.changes.execute({
      action: contract === undefined ? 'dataset.contract-deleted' : 'dataset.contract-changed',
      announce: 'dataset.contract-changed',
      subject: `datasets/${name}/contract`,
      caller,
      details: { revision },
    });
  }

  private async current(name: string): Promise<Tagged<DatasetContract>> {
    const contract = await this.contracts.current(name);
    if (contract === undefined) throw notFound(`a contract of dataset '${name}'`);
    return new Tagged(contract, contract.revision);
  }
}

/** As the database gives it back: without fields that are undefined. */
function asKept(contract: DataContract): unknown {
  return JSON.parse(JSON.stringify(contract));
}
