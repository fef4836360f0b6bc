import type { DataContract, DatasetContract, Page } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

/** A revision of a dataset's contract; without `contract` it says that there is none any more. */
export interface ContractRevision {
  dataset: string;
  revision: number;
  contract?: DataContract;
  updatedAt: string;
  updatedBy: string;
}

/** The contracts of datasets, and all that they ever were. */
export abstract class ContractRepository {
  /** The contract that versions are checked against now. @throws AppError NOT_FOUND when there is no such dataset */
  abstract current(dataset: string): Promise<DatasetContract | undefined>;
  /** Newest first. @throws AppError NOT_FOUND when there is no such dataset */
  abstract list(dataset: string, page: PageRequest): Promise<Page<ContractRevision>>;
  /**
   * Holds a dataset's contract until the transaction ends.
   * @returns the newest revision, 0 before the first; and the contract, if there is one
   * @throws AppError NOT_FOUND when there is no such dataset
   */
  abstract hold(dataset: string): Promise<{ revision: number; contract?: DataContract }>;
  /** Adds the next revision of a held contract. @returns its number */
  abstract add(dataset: string, contract: DataContract | undefined, author: string): Promise<number>;
}
