/**
 * Which content something needs: the pieces of an upload, the blobs of a dataset version or of an import's checkpoint,
 * a run's artifacts, a model's package. Content that is needed no more is released, and swept later: not at once, for
 * whoever puts the same content meanwhile finds it stored already, and relies on it.
 */
export abstract class BlobReferences {
  /**
   * Takes content back from the sweep. Whoever begins to need content claims it, makes sure that it is there, and then
   * writes down that it needs it. After a claim that is committed, or within its transaction, the sweep leaves it alone.
   */
  abstract claim(sha256s: readonly string[]): Promise<void>;
  /** Lets the sweep have content, unless something else needs it. Joins the transaction in progress. */
  abstract release(sha256s: readonly string[]): Promise<void>;
  /**
   * Holds content that was released before `before` (milliseconds), and forgets that it was; needs a transaction.
   * @returns what of it nothing needs, and whether there is more to look at
   */
  abstract takeReleased(before: number, limit: number): Promise<{ unneeded: string[]; more: boolean }>;
}
