/** Of the standard normal distribution, at 1 − 0.001. */
const NORMAL_QUANTILE = 3.090232306167813;

/**
 * How far two samples of one distribution get from each other by chance: one pair in a thousand is further apart.
 * A distance above its threshold but below this says that the samples are small, not that something has changed.
 *
 * PSI · n · m / (n + m) of two samples of n and m rows follows χ² with bins − 1 degrees of freedom (Yurdakul, "Statistical
 * Properties of Population Stability Index", 2018); near equality the Jensen–Shannon divergence in nats is an eighth of the PSI.
 *
 * @param bins that are not empty in both samples, at least 1
 * @param from rows of the one sample, at least 1
 * @param to rows of the other, at least 1
 */
export function chanceLevel(
  bins: number,
  from: number,
  to: number,
): { populationStability: number; jensenShannon: number } {
  if (bins < 2) return { populationStability: 0, jensenShannon: 0 };
  const populationStability = chiSquareQuantile(bins - 1) * (1 / from + 1 / to);
  return {
    populationStability,
    jensenShannon: Math.min(1, Math.sqrt(populationStability / (8 * Math.LN2))),
  };
}

/** The 0.999 quantile of χ² (Wilson and Hilferty, 1931): within 3 % at one degree of freedom, 0.3 % from five on. */
function chiSquareQuantile(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + NORMAL_QUANTILE * Math.sqrt(spread)) ** 3;
}
