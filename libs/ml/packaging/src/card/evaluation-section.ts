import type { PackageParts } from '../build/package-parts';
import { code, measure, table, text } from './markdown';

const NAMES: Record<string, string> = {
  accuracy: 'Accuracy',
  precision_macro: 'Precision, macro average',
  recall_macro: 'Recall, macro average',
  f1_macro: 'F1, macro average',
  f1_weighted: 'F1, weighted average',
  roc_auc_macro: 'ROC AUC, one against the rest, macro average',
  log_loss: 'Log loss',
  ece: 'Expected calibration error',
};

/** All metrics, and each class by itself. */
export function evaluationResults({ evaluation, recipe }: PackageParts): string {
  const chosenByIt = evaluation.split === 'validation' && recipe.training.earlyStopping !== undefined;
  return [
    `Measured on ${evaluation.rows} samples of the ${code(evaluation.split)} split, to which no weight was fitted.` +
      (chosenByIt ? ' Early stopping chose the epoch by them, so the values are somewhat too good.' : ''),
    table(
      ['Metric', 'Value'],
      Object.entries(evaluation.metrics).map(([name, value]) => [NAMES[name] ?? text(name), measure(value)]),
    ),
    table(
      ['Class', 'Precision', 'Recall', 'F1', 'Samples'],
      evaluation.perClass.map((row) => [
        text(row.class),
        measure(row.precision),
        measure(row.recall),
        measure(row.f1),
        String(row.support),
      ]),
    ),
  ].join('\n\n');
}

/** How far a probability can be taken at its word. */
export function calibration({ evaluation, recipe }: PackageParts): string {
  const error = evaluation.metrics['ece'];
  if (error === undefined || !Number.isFinite(error)) return 'The calibration was not measured.';
  return (
    `The expected calibration error is ${measure(error)} over ${recipe.evaluation.calibrationBins} bins: ` +
    'the mean distance between the confidence of the predictions and the share of them that is right.'
  );
}
