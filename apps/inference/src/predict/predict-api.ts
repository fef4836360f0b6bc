import type { ApiOperationOptions } from '@nestjs/swagger';
import { DTYPE_HEADER } from '../input/read-request';

type Schema = Record<string, unknown>;

const PREDICTION: Schema = {
  type: 'object',
  required: ['prediction', 'confidence', 'probabilities', 'predictionId'],
  properties: {
    prediction: { type: 'string', description: 'The likeliest class.', example: '3' },
    confidence: { type: 'number', description: 'Its probability.', example: 0.98 },
    probabilities: {
      type: 'object',
      description: 'The probability of every class.',
      additionalProperties: { type: 'number' },
      example: { '3': 0.98, '8': 0.02 },
    },
    predictionId: { type: 'string', format: 'uuid', description: 'Names this answer, for feedback later.' },
  },
};

const SOURCE: Schema = {
  type: 'object',
  required: ['modelVersion', 'deployment'],
  properties: {
    modelVersion: {
      type: 'object',
      required: ['model', 'version'],
      properties: { model: { type: 'string', example: 'digits' }, version: { type: 'integer', example: 1 } },
    },
    deployment: { type: 'string', example: 'digits' },
  },
};

export const ANSWER_SCHEMA: Schema = {
  oneOf: [
    { title: 'One sample', allOf: [PREDICTION, SOURCE] },
    {
      title: 'A list of samples',
      allOf: [
        {
          type: 'object',
          required: ['predictions'],
          properties: {
            predictions: { type: 'array', items: PREDICTION, description: 'In the order of the samples.' },
          },
        },
        SOURCE,
      ],
    },
  ],
};

const SOURCE_EXAMPLE = { modelVersion: { model: 'iris', version: 1 }, deployment: 'iris' };
const ONE = {
  prediction: 'setosa',
  confidence: 0.97,
  probabilities: { setosa: 0.97, versicolor: 0.02, virginica: 0.01 },
  predictionId: '7d9f2c3e-5a52-4f0e-9a25-0a8f4c1f9f10',
};

export const ANSWER_EXAMPLES = {
  one: { summary: 'The answer to one sample', value: { ...ONE, ...SOURCE_EXAMPLE } },
  many: { summary: 'The answer to a list of samples', value: { predictions: [ONE], ...SOURCE_EXAMPLE } },
};

const SAMPLES: Schema = { type: 'array', minItems: 1, items: {}, description: 'A list of samples.' };

const JSON_BODY = {
  schema: {
    type: 'object',
    description: 'Exactly one of these fields.',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    properties: {
      image: {
        type: 'array',
        items: {},
        description: 'One image as [height][width] or [height][width][channels].',
      },
      row: { description: 'One row of a table: a list in column order, or an object by column name.' },
      rows: SAMPLES,
      instances: { ...SAMPLES, description: 'The same as `rows`.' },
      inputs: { ...SAMPLES, description: 'The same as `rows`.' },
    },
  },
  examples: {
    row: {
      summary: 'One row, by column name',
      value: { row: { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 } },
    },
    rows: {
      summary: 'Several rows, by position',
      value: {
        rows: [
          [5.1, 3.5, 1.4, 0.2],
          [6.2, 2.9, 4.3, 1.3],
        ],
      },
    },
    image: {
      summary: 'An image of 8 × 8 grey values',
      value: {
        image: [
          [0, 0, 5, 13, 9, 1, 0, 0],
          [0, 0, 13, 15, 10, 15, 5, 0],
          [0, 3, 15, 2, 0, 11, 8, 0],
          [0, 4, 12, 0, 0, 8, 8, 0],
          [0, 5, 8, 0, 0, 9, 8, 0],
          [0, 4, 11, 0, 1, 12, 7, 0],
          [0, 2, 14, 5, 10, 12, 0, 0],
          [0, 0, 6, 13, 10, 0, 0, 0],
        ],
      },
    },
  },
};

const BINARY: Schema = { type: 'string', format: 'binary' };

const FORM: Schema = {
  type: 'object',
  required: ['image'],
  properties: { image: { ...BINARY, description: 'A JPEG, PNG, WebP, GIF or TIFF file.' } },
};

/** The bodies that both predict routes take. */
const REQUEST_BODY: NonNullable<ApiOperationOptions['requestBody']> = {
  required: true,
  content: {
    'application/json': JSON_BODY,
    'application/octet-stream': { schema: BINARY },
    'multipart/form-data': { schema: FORM },
    'image/png': { schema: BINARY },
    'image/jpeg': { schema: BINARY },
  },
};

const DESCRIPTION = [
  'Takes JSON (`image`, `row`, `rows`, `instances` or `inputs`), an image file (as the body, or in the field `image` of',
  `a form), or raw little-endian values (\`application/octet-stream\`; header \`${DTYPE_HEADER}\` names their type, float32`,
  'without it). An image file is scaled to the size, the channels and the value range that the model expects.',
  '',
  'One sample (`image`, `row`, an image file, raw values of one sample) is answered by one prediction, a list of samples',
  'by `predictions` in the same order.',
].join('\n');

export function predictOperation(summary: string): ApiOperationOptions {
  return { summary, description: DESCRIPTION, requestBody: REQUEST_BODY };
}
