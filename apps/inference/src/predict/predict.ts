import type { Signature } from '@modelyard/contracts';
import { InputError } from '@modelyard/ml-signature';
import type { DecodedInput } from '@modelyard/ml-signature';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { DeploymentTable } from '../deployments/deployment-table';
import { InferenceConfig } from '../inference.config';
import type { LoadedModel } from '../models/loaded-model';
import { PredictionMetrics } from './prediction-metrics';
import { toPredictions } from './prediction';
import type { PredictAnswer } from './prediction';

/** Turns a request's body into a batch for the model that will answer it. */
export type InputReader = (signature: Signature) => DecodedInput | Promise<DecodedInput>;

/** One request, one run: body → typed array → model → answer. */
@Injectable()
export class Predict {
  private underWay = 0;

  constructor(
    private readonly table: DeploymentTable,
    private readonly metrics: PredictionMetrics,
    private readonly config: InferenceConfig,
  ) {}

  /**
   * @param name of the deployment; undefined asks the default one
   * @throws AppError NOT_FOUND, NOT_READY, OVERLOADED, or VALIDATION_FAILED naming the place in the body
   */
  async execute(name: string | undefined, read: InputReader): Promise<PredictAnswer> {
    try {
      return await this.answer(name, read);
    } catch (error) {
      const failure = error instanceof InputError ? toAppError(error) : error;
      this.metrics.failed(failure instanceof AppError ? failure.code : 'INTERNAL');
      throw failure;
    }
  }

  private async answer(name: string | undefined, read: InputReader): Promise<PredictAnswer> {
    const startedAt = performance.now();
    const lease = this.table.lease(name);
    this.underWay += 1;
    try {
      if (this.underWay > this.config.maxConcurrent) throw overloaded();
      const { model, deployment } = lease;
      const input = await read(model.signature);
      const probabilities = await model.run(input.values, input.rows);
      checkFinite(probabilities, model, input);
      const predictions = toPredictions(probabilities, model.classes);
      this.metrics.answered(model.label, predictions, (performance.now() - startedAt) / 1000);
      const source = { modelVersion: model.identity, deployment };
      const [only] = predictions;
      return input.single && only !== undefined ? { ...only, ...source } : { predictions, ...source };
    } finally {
      this.underWay -= 1;
      lease.release();
    }
  }
}

function overloaded(): AppError {
  return new AppError('OVERLOADED', 'Too many predictions are under way on this replica.', {
    retryAfterSeconds: 1,
  });
}

/** Finite values can overflow inside the model. JSON has no NaN, and it would be no answer either. */
function checkFinite(probabilities: Float32Array, model: LoadedModel, input: DecodedInput): void {
  const index = probabilities.findIndex((value) => !Number.isFinite(value));
  if (index === -1) return;
  const row = Math.floor(index / model.classes.length);
  const which = input.single ? 'the sample' : `sample ${row}`;
  throw InputError.at(
    input.single ? '' : `[${row}]`,
    `the model has no finite answer for ${which}: are its values too large?`,
  );
}

function toAppError(error: InputError): AppError {
  const [first] = error.fields;
  return new AppError('VALIDATION_FAILED', first?.message ?? error.message, {
    fields: error.fields,
    cause: error,
  });
}
