import type { DatasetSchema } from '@modelyard/contracts';

export const digitsSchema: DatasetSchema = {
  kind: 'image',
  shape: [8, 8, 1],
  dtype: 'uint8',
  target: 'digit',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  minimum: 0,
  maximum: 16,
};

export const colourSchema: DatasetSchema = { ...digitsSchema, shape: [4, 5, 3], maximum: 255 };

export const irisSchema: DatasetSchema = {
  kind: 'table',
  shape: [4],
  dtype: 'float32',
  columns: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
  target: 'species',
  classes: ['setosa', 'versicolor', 'virginica'],
  minimum: 0.1,
  maximum: 7.9,
};
