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
  /** Keeps the record, and gives the content free: what no version and nobody else needs is swept later. */
  abstract markDeleted(
    dataset: string,
    version: number,
    deleted: { at: number; by: string; reason: string },
  ): Promise<void>;
}
