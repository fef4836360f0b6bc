import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TableEngine } from '@modelyard/ml-tables';
import type { ContentStore } from '../store/content-store';
import type { BuildOptions, ImagesToBuild } from '../build/version-to-build';

const PIXELS = 64;
const SHAPE = [8, 8, 1];

/** Stages 1,797 handwritten digits: images of [8, 8, 1], uint8 from 0 (paper) to 16 (ink). */
export async function stageDigits(
  engine: TableEngine,
  store: ContentStore,
): Promise<{ kind: 'image'; staged: ImagesToBuild } & Required<Pick<BuildOptions, 'origin'>>> {
  const csv = gunzipSync(await readFile(join(__dirname, 'files', 'digits.csv.gz'))).toString('latin1');
  const lines = csv.trimEnd().split('\n');
  const pixels = Buffer.alloc(lines.length * PIXELS);
  await engine.run(
    `create table staged(row bigint, label varchar, split varchar, name varchar, width integer, height integer,
       channels integer, format varchar, digest blob, part integer, pos integer)`,
  );
  const appender = await engine.appender('staged');
  lines.forEach((line, row) => {
    const numbers = line.split(',').map(Number);
    const image = pixels.subarray(row * PIXELS, (row + 1) * PIXELS);
    image.set(numbers.slice(0, PIXELS));
    const label = String(numbers[PIXELS]);
    const digest = hash('sha256', Buffer.concat([Buffer.from(`${label}\0`), image]), 'buffer');
    appender.appendBigInt(BigInt(row));
    appender.appendVarchar(label);
    appender.appendNull();
    appender.appendVarchar(`digits.csv:${row + 1}`);
    appender.appendInteger(8);
    appender.appendInteger(8);
    appender.appendInteger(1);
    appender.appendVarchar('csv');
    appender.appendBlob(digest.subarray(0, 16));
    appender.appendInteger(0);
    appender.appendInteger(row);
    appender.endRow();
  });
  appender.closeSync();
  const part = { ...(await store.put(pixels)), rows: lines.length };
  return {
    kind: 'image',
    staged: { shape: SHAPE, target: 'digit', maximum: 16, parts: [part] },
    origin: {
      description:
        'Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak, 1998), as in scikit-learn 1.9.1',
      licence: 'CC BY 4.0',
      url: 'https://doi.org/10.24432/C50P49',
    },
  };
}
