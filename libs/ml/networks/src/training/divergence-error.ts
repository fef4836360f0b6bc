/** A training whose loss is no finite number any more: nothing that follows could mend it. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';

  /** @param metric `loss` or `val_loss`, and what it was in that epoch */
  constructor(
    readonly epoch: number,
    metric: { name: string; value: number },
  ) {
    super(
      `The training diverged: ${metric.name} is ${metric.value} in epoch ${epoch}. ` +
        'A lower learning rate, or preprocessing that brings the inputs near 0 to 1, usually helps.',
    );
  }
}
