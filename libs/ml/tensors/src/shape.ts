/** How many values a shape holds: the product of its dimensions, 1 for the empty shape of a single number. */
export function product(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}
