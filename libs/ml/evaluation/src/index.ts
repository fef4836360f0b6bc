export { evaluate } from './evaluate';
export type { Evaluation, EvaluateOptions } from './evaluate';
export type { Calibration, CalibrationBin } from './calibration';
export type { AveragedScores, ClassScores } from './class-scores';
export type { RocAuc } from './roc-auc';
export { scalarMetrics } from './scalar-metrics';
