import { randomUUID } from 'node:crypto';
import { argMax } from '@modelyard/ml-tensors';
import type { ModelIdentity } from '../models/loaded-model';

/** One answer: the likeliest class, how sure the model is, and the probability of every class. */
export interface Prediction {
  prediction: string;
  confidence: number;
  probabilities: Record<string, number>;
  predictionId: string;
}

export interface AnswerSource {
  modelVersion: ModelIdentity;
  deployment: string;
}

/** The answer to one sample is flat; to a list of samples it is a list, in their order. */
export type PredictAnswer = (Prediction & AnswerSource) | ({ predictions: Prediction[] } & AnswerSource);

/** @param values rows × classes */
export function toPredictions(values: Float32Array, classes: readonly string[]): Prediction[] {
  const predictions: Prediction[] = [];
  for (let start = 0; start < values.length; start += classes.length) {
    const best = argMax(values, start, classes.length);
    predictions.push({
      prediction: classes[best] as string,
      confidence: values[start + best] as number,
      // fromEntries and not assignment: a class may be called `__proto__`.
      probabilities: Object.fromEntries(
        classes.map((name, index) => [name, values[start + index] as number]),
      ),
      predictionId: randomUUID(),
    });
  }
  return predictions;
}
