import type { BlobReference, Dataset, DatasetKind, DatasetVersion, Page } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

export type NewDatasetVersion = Omit<DatasetVersion, 'version' | 'createdAt' | 'deleted'>;
/** What makes two versions the same: their samples, and how those are divided. */
export type SameContent = Pick<DatasetVersion, 'digest' | 'split'>;

/** Where datasets and their immutable versions live. */
export abstract class DatasetRepository {
  abstract list(page: PageRequest): Promise<Page<Dataset>>;
  abstract find(name: string): Promise<Dataset | undefined>;
  /** @throws AppError NOT_FOUND */
  abstract require(name: string): Promise<Dataset>;
  /** Changes the description, in the transaction in progress. @throws AppError NOT_FOUND */
  abstract describe(name: string, description: string): Promise<Dataset>;
  /** Newest first. @throws AppError NOT_FOUND when the dataset does not exist */
  abstract listVersions(name: string, page: PageRequest): Promise<Page<DatasetVersion>>;
  /**
   * @param version `latest` is the newest whose content is not deleted
   * @param path the field of the request that named the dataset, for the error
   * @throws AppError NOT_FOUND when the dataset or the version does not exist
   */
  abstract requireVersion(name: string, version: number | 'latest', path?: string): Promise<DatasetVersion>;
  /** The newest version whose content is not deleted, if there is one. */
  abstract findLatest(name: string): Promise<DatasetVersion | undefined>;
  /**
   * Keeps a version's content until the transaction ends, and beyond for whoever writes down meanwhile that it uses it.
   * @throws AppError NOT_FOUND; CONFLICT when the content is deleted already
   */
  abstract keepVersion(name: string, version: number): Promise<void>;
  /**
   * Makes the dataset if it is new, and holds it until the transaction ends, so that its versions get their numbers
   * one after the other.
   */
  abstract hold(dataset: {
    name: string;
    kind: DatasetKind;
    description: string;
    createdBy: string;
  }): Promise<Dataset>;
  /** A version whose content is deleted is none. */
  abstract findSame(name: string, content: SameContent): Promise<DatasetVersion | undefined>;
  /**
   * Adds the next version of a dataset that the transaction holds.
   * @param blobs all that the version needs; its manifest may be among them
   */
  abstract addVersion(version: NewDatasetVersion, blobs: readonly BlobReference[]): Promise<DatasetVersion>;
}
