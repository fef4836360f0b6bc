/** What still works with a version. */
export interface OpenUses {
  /** Ids of training jobs that are queued or running. */
  trainingJobs: string[];
  /** Ids of imports that make a version from this one. */
  imports: string[];
}

/** The end of a version's content. */
export abstract class DeletionRepository {
  /**
   * Holds a version until the transaction ends: nothing begins to use it meanwhile.
   * @throws AppError NOT_FOUND
   */
  abstract hold(dataset: string, version: number): Promise<void>;
  abstract openUses(dataset: string, version: number): Promise<OpenUses>;
  /** Keeps the record of a version alone. @returns the SHA-256 of all content that the version needs no more */
  abstract markDeleted(
    dataset: string,
    version: number,
    deleted: { at: number; by: string; reason: string },
  ): Promise<string[]>;
}
