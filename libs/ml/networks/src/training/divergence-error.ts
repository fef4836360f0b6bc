/** A training whose loss is no finite number any more: nothing that follows could mend it. */
export class DivergenceError extends Error {
  constructor(readonly epoch: number) {
    super(
      `The training diverged: its loss is no finite number in epoch ${epoch}. ` +
        'A lower learning rate, or preprocessing that brings the values near 0 to 1, usually helps',
    );
    this.name = 'DivergenceError';
  }
}
