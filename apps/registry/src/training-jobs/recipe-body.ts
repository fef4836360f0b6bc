import { RECIPE_JSON_SCHEMA } from '@modelyard/ml-recipes';
import type { ApiBodyOptions } from '@nestjs/swagger';

const { $schema: _dialect, $id: _id, ...schema } = RECIPE_JSON_SCHEMA as Record<string, unknown>;

/** How the body of a training job is documented: the recipe's own JSON schema, and an example that runs. */
export const RECIPE_BODY = {
  required: true,
  schema: { type: 'object', ...schema },
  examples: {
    iris: {
      summary: 'A logistic regression on iris',
      value: {
        apiVersion: 'modelyard/v1',
        name: 'iris-logistic',
        dataset: { name: 'iris', version: 'latest' },
        preprocessing: [{ type: 'standardize' }],
        model: { type: 'network', layers: [{ type: 'dense', units: 'classes', activation: 'softmax' }] },
        training: { epochs: 100, batchSize: 16, optimizer: { type: 'adam', learningRate: 0.05 } },
        register: { model: 'iris', minimum: { accuracy: 0.9 } },
        seed: 7,
      },
    },
  },
} as ApiBodyOptions;
