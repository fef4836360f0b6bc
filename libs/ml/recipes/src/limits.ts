/** What a recipe may ask for at most. They keep a typing error from filling a machine; nobody should meet them in earnest. */
export const RECIPE_LIMITS = {
  /** Of the recipe's text, in bytes. */
  textBytes: 64 * 1024,
  layers: 200,
  epochs: 10_000,
  batchSize: 65_536,
  units: 65_536,
  filters: 8_192,
  kernelSide: 64,
  /** Weights of all layers together. */
  parameters: 200_000_000,
  /** Values that one sample may become within a layer. */
  valuesPerSample: 50_000_000,
  /** Estimated memory of a training step, in bytes. */
  memoryBytes: 16 * 1024 ** 3,
} as const;
