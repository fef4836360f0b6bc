import { calibration } from './calibration';
import type { Calibration } from './calibration';
import { macroAverage, scoresOfClasses, weightedAverage } from './class-scores';
import type { AveragedScores, ClassScores } from './class-scores';
import { confusionMatrix } from './confusion-matrix';
import { logLoss } from './log-loss';
import { predictionsOf } from './predictions';
import { rocAuc } from './roc-auc';
import type { RocAuc } from './roc-auc';

export interface EvaluateOptions {
  /** Bins of the calibration error. */
  calibrationBins: number;
}

/** How well a classifier did on samples that it was not trained on. Plain data; undefined values vanish in JSON. */
export interface Evaluation {
  rows: number;
  /** Share of right predictions. */
  accuracy: number;
  classes: ClassScores[];
  /** Over the classes that occur among labels or predictions, each counting the same. */
  macro: AveragedScores;
  /** Over all rows: for classifiers that give one class to each row, all three equal the accuracy. */
  micro: AveragedScores;
  /** Over the classes, each counting as often as it occurs. */
  weighted: AveragedScores;
  /** `confusionMatrix[label][predicted]` counts rows. */
  confusionMatrix: number[][];
  rocAuc: RocAuc;
  /** In nats. */
  logLoss: number;
  calibration: Calibration;
}

/**
 * Measures predicted probabilities against labels. The class of the largest probability counts as predicted.
 *
 * @param probabilities rows × classes
 * @param labels class of each row
 * @param classes names, in the order of the probabilities
 * @throws RangeError when sizes do not agree, there are no rows, a label is no class, or a probability is not from 0 to 1
 *   (a training that diverged gives NaN)
 */
export function evaluate(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: readonly string[],
  options: EvaluateOptions,
): Evaluation {
  const predictions = predictionsOf(probabilities, labels, classes.length);
  const matrix = confusionMatrix(predictions);
  const scores = scoresOfClasses(matrix);
  const roc = rocAuc(predictions);
  const right = matrix.reduce((sum, row, index) => sum + (row[index] as number), 0);
  const accuracy = right / predictions.rows;
  return {
    rows: predictions.rows,
    accuracy,
    classes: scores.map((score, index) => {
      const auc = roc.perClass[index];
      return { class: classes[index] as string, ...score, ...(auc !== undefined && { rocAuc: auc }) };
    }),
    macro: macroAverage(scores, matrix),
    micro: { precision: accuracy, recall: accuracy, f1: accuracy },
    weighted: weightedAverage(scores),
    confusionMatrix: matrix,
    rocAuc: roc,
    logLoss: logLoss(predictions),
    calibration: calibration(predictions, options.calibrationBins),
  };
}
