import type { DatasetStatistics } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { buildVersion } from '../build/build-version';
import type { BuiltVersion } from '../build/version-to-build';
import { openVersion } from '../read/stored-version';
import { column, stagePixels, stageRows } from '../testing/staged';
import type { StagedImage, StagedRow } from '../testing/staged';
import { Workspace } from '../testing/workspace';

const workspace = new Workspace();
afterAll(() => workspace.close());
const { store, folder } = workspace;
let engine: TableEngine;
beforeAll(async () => {
  engine = await workspace.engine();
});

const COLUMNS = [column('size', 'numeric'), column('kind', 'categorical', 'target')];
const fruit = (count: number): StagedRow[] =>
  Array.from({ length: count }, (_, i) => ({
    values: [i, i % 2 === 0 ? 'apple' : 'pear'],
    split: i < count - 20 ? 'train' : i < count - 10 ? 'validation' : 'test',
  }));

async function described(rows: StagedRow[]): Promise<{ built: BuiltVersion; statistics: DatasetStatistics }> {
  const built = await buildVersion({ engine, folder, store, ...(await stageRows(engine, COLUMNS, rows)) });
  return { built, statistics: await (await openVersion(store, built.version.blob)).statistics() };
}

const codes = ({ version }: BuiltVersion) => (version.warnings ?? []).map(({ code }) => code);

it('finds copies, copies in other splits, and the same values under two classes', async () => {
  const { built, statistics } = await described([
    ...fruit(60),
    { values: [0, 'apple'], split: 'train' },
    { values: [0, 'apple'], split: 'train' },
    { values: [2, 'apple'], split: 'test' },
    { values: [4, 'pear'], split: 'train' },
  ]);
  expect(statistics.duplicates).toEqual({
    rows: 3,
    acrossSplits: 1,
    conflictingLabels: 1,
    examples: [
      { rows: [4, 63], labels: ['apple', 'pear'], splits: ['train', 'train'] },
      { rows: [2, 62], labels: ['apple', 'apple'], splits: ['train', 'test'] },
      { rows: [0, 60, 61], labels: ['apple', 'apple', 'apple'], splits: ['train', 'train', 'train'] },
    ],
  });
  expect(codes(built)).toEqual(['duplicates', 'duplicates-across-splits', 'conflicting-labels']);
  expect(built.version.warnings?.[0]).toEqual({
    code: 'duplicates',
    count: 3,
    message: '3 samples of 64 are copies of others.',
  });
});

it('has nothing to say of samples that are all different', async () => {
  const { built, statistics } = await described(fruit(60));
  expect(statistics.duplicates).toEqual({ rows: 0, acrossSplits: 0, conflictingLabels: 0, examples: [] });
  expect(codes(built)).toEqual([]);
  expect(statistics.splits).toEqual({ train: 40, validation: 10, test: 10 });
  expect(statistics.classes).toEqual([
    { name: 'apple', rows: 30, share: 0.5, splits: { train: 20, validation: 5, test: 5 } },
    { name: 'pear', rows: 30, share: 0.5, splits: { train: 20, validation: 5, test: 5 } },
  ]);
});

it('warns of small classes and of missing values', async () => {
  const { built } = await described([...fruit(60), { values: [null, 'quince'], split: 'train' }]);
  const warnings = new Map(built.version.warnings?.map(({ code, message }) => [code, message]));
  expect(warnings.get('small-class')).toContain('quince (1)');
  expect(warnings.get('missing-values')).toContain('size (1.6 %)');
});

it('warns of a column that gives the class away, and of one that has one value', async () => {
  const columns = [column('code', 'integer'), column('country', 'categorical'), ...COLUMNS.slice(1)];
  const rows = Array.from({ length: 400 }, (_, i) => ({
    values: [i % 2, 'NO', i % 2 === 0 ? 'apple' : 'pear'],
  }));
  const { version } = await buildVersion({
    engine,
    folder,
    store,
    ...(await stageRows(engine, columns, rows)),
  });
  const about = (code: string) => version.warnings?.find((warning) => warning.code === code)?.columns;
  expect(about('label-leak')).toEqual(['code']);
  expect(about('near-constant-column')).toEqual(['country']);
});

it('describes pixels and files of images', async () => {
  const images: StagedImage[] = Array.from({ length: 20 }, (_, i) => ({
    pixels: i % 2 === 0 ? [0, 10] : [255, 20],
    label: i % 2 === 0 ? 'dark' : 'light',
  }));
  const staged = await stagePixels(engine, store, [1, 2, 1], images, 6);
  const { version } = await buildVersion({ engine, folder, store, ...staged });
  const { images: found } = await (await openVersion(store, version.blob)).statistics();
  expect(found).toMatchObject({
    widths: { minimum: 2, maximum: 2, mean: 2 },
    heights: { minimum: 1, maximum: 1, mean: 1 },
    formats: { png: 20 },
    channels: { 1: 20 },
    sizes: [{ width: 2, height: 1, rows: 20 }],
  });
  // numpy.mean([0, 10, 255, 20])
  expect(found?.channelStatistics?.map(({ mean }) => mean)).toEqual([71.25]);
});
