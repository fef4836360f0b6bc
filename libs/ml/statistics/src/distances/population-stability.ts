import { sumOf } from './shares';

/**
 * Population stability index of two histograms over the same bins: Σ (qᵢ − pᵢ) · ln(qᵢ / pᵢ), which is the sum of both
 * Kullback–Leibler divergences, in nats. Below 0.1 is usually called stable, above 0.25 a shift.
 *
 * Half a row is added to each bin (Jeffreys' prior), so that an empty bin of a small sample does not make the index large.
 *
 * @param from counts by bin, not negative
 * @param to counts by the same bins
 * @returns from 0; 0 for equal shares; null when one of the two has no rows
 * @throws RangeError when the two have not the same number of bins
 */
export function populationStability(from: readonly number[], to: readonly number[]): number | null {
  const [fromTotal, toTotal] = [sumOf(from), sumOf(to)];
  requireSameBins(from, to);
  if (fromTotal === 0 || toTotal === 0) return null;
  let index = 0;
  for (const [i, count] of from.entries()) {
    const other = to[i] as number;
    // Equal shares of different totals stay equal: without this, smoothing would move them apart.
    if (count / fromTotal === other / toTotal) continue;
    const p = (count + 0.5) / (fromTotal + from.length / 2);
    const q = (other + 0.5) / (toTotal + from.length / 2);
    index += (q - p) * Math.log(q / p);
  }
  return index;
}

export function requireSameBins(from: readonly number[], to: readonly number[]): void {
  if (from.length !== to.length) {
    throw new RangeError(`The histograms have ${from.length} and ${to.length} bins; they must be the same`);
  }
}
