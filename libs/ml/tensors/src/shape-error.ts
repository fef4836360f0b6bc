/**
 * A nested array that does not have the expected shape, or holds something other than finite numbers.
 * `path` is where, as the client wrote it (`image[3]`); `message` is a whole sentence that starts with it.
 */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';

  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path} ${problem}`);
  }
}
