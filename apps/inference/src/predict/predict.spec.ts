import type { AppError } from '@modelyard/platform-errors';
import { InputError } from '@modelyard/ml-signature';
import { Metrics } from '@modelyard/platform-observability';
import { DeploymentTable } from '../deployments/deployment-table';
import type { InferenceConfig } from '../inference.config';
import { LoadedModel } from '../models/loaded-model';
import type { ModelSession } from '../models/model-session';
import { tableSignature } from '../testing/tiny-models';
import { Predict } from './predict';
import { PredictionMetrics } from './prediction-metrics';

const input = (rows: number) => ({ values: new Float32Array(rows * 2), rows, single: rows === 1 });

describe('Predict', () => {
  const metrics = new Metrics('inference');
  afterAll(() => metrics.onApplicationShutdown());

  function slice(run: ModelSession['run']) {
    const table = new DeploymentTable();
    let disposed = false;
    const dispose = (): Promise<void> => Promise.resolve(void (disposed = true));
    const session: ModelSession = { inputNames: [], outputNames: [], run, dispose };
    const model = new LoadedModel({ model: 'shapes', version: 1 }, tableSignature, session);
    model.hold();
    table.switchTo(table.add('shapes', 1, true), model, 'content');
    const config = { maxConcurrent: 2 } as InferenceConfig;
    return {
      predict: new Predict(table, new PredictionMetrics(metrics), config),
      table,
      isDisposed: () => disposed,
    };
  }

  it('refuses values for which the model has no finite answer, by their place', async () => {
    const { predict } = slice(() => Promise.resolve(Float32Array.of(0.1, 0.2, 0.7, 0.5, NaN, 0.5)));
    await expect(predict.execute('shapes', () => input(2))).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [
        { path: '[1]', message: 'the model has no finite answer for sample 1: are its values too large?' },
      ],
    });
  });

  it('refuses more at once than it may take, and takes more again after', async () => {
    const answers: ((values: Float32Array) => void)[] = [];
    const { predict } = slice(() => new Promise((resolve) => answers.push(resolve)));
    const first = [predict.execute('shapes', () => input(1)), predict.execute(undefined, () => input(1))];
    const refused = await predict.execute('shapes', () => input(1)).catch((error: AppError) => error);
    expect(refused).toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 1 });
    answers.splice(0).forEach((answer) => answer(Float32Array.of(1, 0, 0)));
    await Promise.all(first);
    const next = predict.execute('shapes', () => input(1));
    await new Promise(setImmediate);
    answers.forEach((answer) => answer(Float32Array.of(0, 1, 0)));
    expect(await next).toMatchObject({ prediction: 'middle', deployment: 'shapes' });
  });

  it('lets the model go after each request, a failed one too', async () => {
    const { predict, table, isDisposed } = slice(() => Promise.reject(new Error('out of memory')));
    await expect(predict.execute('shapes', () => input(1))).rejects.toThrow('out of memory');
    await expect(
      predict.execute('shapes', () => {
        throw InputError.at('row', 'row is wrong');
      }),
    ).rejects.toMatchObject({ code: 'VALIDATION_FAILED', message: 'row is wrong' });
    expect(isDisposed()).toBe(false);
    table.remove('shapes');
    expect(isDisposed()).toBe(true);
  });
});
