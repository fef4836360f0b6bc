import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PackedDataset } from '../packed-dataset';

const PIXELS = 64;

/** 1,797 handwritten digits: images of [8, 8, 1], uint8 from 0 (paper) to 16 (ink). */
export async function loadDigits(): Promise<PackedDataset> {
  const csv = gunzipSync(await readFile(join(__dirname, 'files', 'digits.csv.gz'))).toString('latin1');
  const lines = csv.trimEnd().split('\n');
  const values = new Uint8Array(lines.length * PIXELS);
  const labels = new Uint8Array(lines.length);
  lines.forEach((line, row) => {
    const numbers = line.split(',').map(Number);
    values.set(numbers.slice(0, PIXELS), row * PIXELS);
    labels[row] = numbers[PIXELS] as number;
  });
  return {
    schema: {
      kind: 'image',
      shape: [8, 8, 1],
      dtype: 'uint8',
      target: 'digit',
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      minimum: 0,
      maximum: 16,
    },
    rows: lines.length,
    values,
    labels,
    source: {
      description:
        'Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak, 1998), as in scikit-learn 1.9.1',
      licence: 'CC BY 4.0',
      url: 'https://doi.org/10.24432/C50P49',
    },
  };
}
