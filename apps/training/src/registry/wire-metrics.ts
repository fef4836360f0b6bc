import type { SucceedTraining, TrainingProgressReport } from '@modelyard/contracts';

type WireNumber = number | string;

/** JSON has no NaN and no infinities: they travel as strings, or a diverged training would be reported as null. */
export function wireNumber(value: number): WireNumber {
  return Number.isFinite(value) ? value : String(value);
}

export function wireNumbers(values: Record<string, number>): Record<string, WireNumber> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wireNumber(value)]));
}

export function wireReport({ progress, metrics, ...rest }: TrainingProgressReport): object {
  return {
    ...rest,
    ...(progress === undefined ? {} : { progress: { ...progress, metrics: wireNumbers(progress.metrics) } }),
    metrics: metrics.map((point) => ({ ...point, value: wireNumber(point.value) })),
  };
}

export function wireResult(result: SucceedTraining): object {
  return { ...result, metrics: wireNumbers(result.metrics) };
}
