/** A filter or a sort order that people wrote is wrong, and where. */
export class FilterError extends Error {
  override readonly name = 'FilterError';

  /**
   * @param position of the first character that is wrong, from 1
   * @param expected what could stand there instead
   */
  constructor(
    message: string,
    readonly position: number,
    readonly expected?: string,
  ) {
    super(
      expected === undefined
        ? `${message} (at character ${position})`
        : `${message} (at character ${position}); expected ${expected}`,
    );
  }
}
