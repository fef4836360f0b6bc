import type { DatasetColumn } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { buildVersion } from '../build/build-version';
import { DatasetError } from '../dataset-error';
import { column, stagePixels, stageRows } from '../testing/staged';
import { Workspace } from '../testing/workspace';
import { loadSamples } from './load-samples';
import { openVersion } from './stored-version';

const workspace = new Workspace();
afterAll(() => workspace.close());
const { store, folder } = workspace;
let engine: TableEngine;
beforeAll(async () => {
  engine = await workspace.engine();
});

const SIZE = column('size', 'numeric');
const KIND = column('kind', 'categorical', 'target');

async function loaded(columns: DatasetColumn[], rows: unknown[][]): ReturnType<typeof loadSamples> {
  const staged = await stageRows(
    engine,
    columns,
    rows.map((values) => ({ values })),
  );
  const { version } = await buildVersion({ engine, folder, store, ...staged });
  return loadSamples(await openVersion(store, version.blob), engine);
}

it('gives the numbers of a table, in an order that follows from the rows themselves', async () => {
  const columns = [SIZE, column('farm', 'text'), column('ripe', 'boolean'), KIND];
  const rows = Array.from({ length: 30 }, (_, i) => [
    i / 8,
    `farm ${i}`,
    i % 3 === 0,
    i % 2 === 0 ? 'apple' : 'pear',
  ]);
  const { train, validation, test } = await loaded(columns, rows);
  expect([train, validation, test].map(({ labels }) => labels.length)).toEqual([21, 3, 6]);
  for (const { values, labels } of [train, validation, test]) {
    labels.forEach((label, row) => {
      const i = (values[2 * row] as number) * 8;
      expect([values[2 * row + 1], label]).toEqual([i % 3 === 0 ? 1 : 0, i % 2]);
    });
  }
  expect(await loaded(columns, rows.reverse())).toEqual({ train, validation, test });
});

it('gives the bytes of images', async () => {
  const images = Array.from({ length: 20 }, (_, i) => ({
    pixels: [i, 200 - i],
    label: i % 2 === 0 ? 'a' : 'b',
  }));
  const staged = await stagePixels(engine, store, [1, 2, 1], images);
  const { version } = await buildVersion({ engine, folder, store, ...staged });
  const splits = await loadSamples(await openVersion(store, version.blob), engine);
  const found = Object.values(splits).flatMap(({ values, labels }) =>
    Array.from(labels, (label, row) => [values[2 * row], values[2 * row + 1], label]),
  );
  expect(found.sort(([a = 0], [b = 0]) => a - b)).toEqual(images.map(({ pixels }, i) => [...pixels, i % 2]));
});

it('names the features that lack values, and says how to go on', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => [
    i < 3 ? null : i,
    i === 7 ? 1e39 : i,
    i % 2 === 0 ? 'a' : 'b',
  ]);
  const failure: unknown = await loaded([SIZE, column('weight', 'numeric'), KIND], rows).catch(
    (error: unknown) => error,
  );

  expect(failure).toBeInstanceOf(DatasetError);
  expect(String(failure)).toContain('size (3 rows), weight (1 rows)');
  expect(String(failure)).toContain('derive a version without these rows');
});

it('refuses a table without a number', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => [`farm ${i}`, i % 2 === 0 ? 'a' : 'b']);
  await expect(loaded([column('farm', 'text'), KIND], rows)).rejects.toThrow(
    'No feature of the dataset is a number',
  );
});
