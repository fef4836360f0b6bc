import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackedDataset } from '../packed-dataset';

const COLUMNS = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];

/** 150 irises of three species: table rows of four lengths in centimetres. */
export async function loadIris(): Promise<PackedDataset> {
  const csv = await readFile(join(__dirname, 'files', 'iris.csv'), 'latin1');
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const values = new Float32Array(lines.length * COLUMNS.length);
  const labels = new Uint8Array(lines.length);
  lines.forEach((line, row) => {
    const numbers = line.split(',').map(Number);
    values.set(numbers.slice(0, COLUMNS.length), row * COLUMNS.length);
    labels[row] = numbers[COLUMNS.length] as number;
  });
  return {
    schema: {
      kind: 'table',
      shape: [COLUMNS.length],
      dtype: 'float32',
      columns: COLUMNS,
      target: 'species',
      classes: header.split(',').slice(2),
      minimum: 0.1,
      maximum: 7.9,
    },
    rows: lines.length,
    values,
    labels,
    source: {
      description: 'Iris (R. A. Fisher, 1936), lengths in centimetres, as in scikit-learn 1.9.1',
      licence: 'CC BY 4.0',
      url: 'https://doi.org/10.24432/C56C76',
    },
  };
}
