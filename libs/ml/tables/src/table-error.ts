/** A table could not be read, or a statement over it could not be run. */
export class TableError extends Error {
  override readonly name = 'TableError';
}
