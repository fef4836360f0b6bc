/** A dataset that contradicts itself, or bytes that hold none. The message says what is wrong, for a person. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}
