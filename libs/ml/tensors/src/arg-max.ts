/**
 * Index of the largest value in `values[start … start + length)`, counted from `start`. The first of equal values wins,
 * and NaN never does.
 * @throws RangeError when the range is empty
 */
export function argMax(values: ArrayLike<number>, start = 0, length = values.length - start): number {
  if (length < 1) throw new RangeError('argMax of no values');
  let best = 0;
  let bestValue = -Infinity;
  for (let i = 0; i < length; i++) {
    const value = values[start + i] as number;
    if (value > bestValue) {
      best = i;
      bestValue = value;
    }
  }
  return best;
}
