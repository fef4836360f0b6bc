import type { Caller, DataContract, DatasetContract } from '@modelyard/contracts';
import { deriveContract } from '@modelyard/ml-data-contracts';
import { Injectable } from '@nestjs/common';
import { OpenVersions } from '../dataset-contents/opening/open-versions';
import { DatasetRepository } from '../datasets/dataset.repository';
import type { Precondition } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { ReviseContract } from './revise-contract';

@Injectable()
export class DeriveVersionContract {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly versions: OpenVersions,
    private readonly revise: ReviseContract,
  ) {}

  /** A contract that the version keeps: a first one, to be edited. @throws AppError NOT_FOUND */
  async execute(name: string, number: number | 'latest'): Promise<DataContract> {
    const version = await this.datasets.requireVersion(name, number);
    const stored = await this.versions.stored(version);
    return deriveContract(version.schema, await stored.statistics());
  }

  /** The same, and makes it the dataset's contract. @throws AppError NOT_FOUND, PRECONDITION_FAILED */
  async save(
    name: string,
    number: number | 'latest',
    precondition: Precondition,
    caller: Caller,
  ): Promise<Tagged<DatasetContract>> {
    const contract = await this.execute(name, number);
    return (await this.revise.replace(name, contract, precondition, caller)).saved;
  }
}
