import type { MetricPoint } from '@modelyard/contracts';

/** JSON has no NaN and no infinities: they travel as strings, or a diverged training would be reported as null. */
export function wireMetrics(
  points: MetricPoint[],
): (Omit<MetricPoint, 'value'> & { value: number | string })[] {
  return points.map((point) => ({
    ...point,
    value: Number.isFinite(point.value) ? point.value : String(point.value),
  }));
}
