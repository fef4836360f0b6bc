import { requireSameBins } from './population-stability';
import { sumOf } from './shares';

/**
 * Jensen–Shannon distance of two histograms over the same bins: the square root of the divergence
 * ½ Σ pᵢ log₂(pᵢ / mᵢ) + ½ Σ qᵢ log₂(qᵢ / mᵢ) with m = ½ (p + q) (Endres and Schindelin, 2003).
 *
 * @param from counts or shares by bin, not negative
 * @param to counts or shares by the same bins
 * @returns from 0 (equal) to 1 (nothing in common); null when one of the two has no rows
 * @throws RangeError when the two have not the same number of bins
 */
export function jensenShannonDistance(from: readonly number[], to: readonly number[]): number | null {
  const [fromTotal, toTotal] = [sumOf(from), sumOf(to)];
  requireSameBins(from, to);
  if (fromTotal === 0 || toTotal === 0) return null;
  let divergence = 0;
  for (const [i, count] of from.entries()) {
    const p = count / fromTotal;
    const q = (to[i] as number) / toTotal;
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p * Math.log2(p / middle)) / 2;
    if (q > 0) divergence += (q * Math.log2(q / middle)) / 2;
  }
  // Rounding can leave the sum a little outside of [0, 1].
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}
