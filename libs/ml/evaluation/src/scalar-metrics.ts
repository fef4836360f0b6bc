import type { Evaluation } from './evaluate';

/**
 * The single numbers of an evaluation, by the names that runs, versions and gates use. `roc_auc_macro` is absent where it is
 * not defined.
 */
export function scalarMetrics(evaluation: Evaluation): Record<string, number> {
  const { accuracy, macro, micro, weighted, rocAuc, logLoss, calibration } = evaluation;
  return {
    accuracy,
    precision_macro: macro.precision,
    precision_weighted: weighted.precision,
    recall_macro: macro.recall,
    recall_weighted: weighted.recall,
    f1_macro: macro.f1,
    f1_micro: micro.f1,
    f1_weighted: weighted.f1,
    ...(rocAuc.macro !== undefined && { roc_auc_macro: rocAuc.macro }),
    log_loss: logLoss,
    ece: calibration.ece,
  };
}
