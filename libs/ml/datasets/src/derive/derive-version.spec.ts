import { UnreadableData } from '@modelyard/contracts';
import type { DatasetColumn, DerivationChanges } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { buildVersion } from '../build/build-version';
import type { BuiltVersion } from '../build/version-to-build';
import type { StoredVersion } from '../read/stored-version';
import { openVersion } from '../read/stored-version';
import { column, stagePixels, stageRows } from '../testing/staged';
import type { StagedImage, StagedRow } from '../testing/staged';
import { Workspace } from '../testing/workspace';
import { deriveVersion } from './derive-version';

const workspace = new Workspace();
afterAll(() => workspace.close());
const { store, folder } = workspace;

const COLUMNS = [
  column('size', 'numeric'),
  column('kind', 'categorical', 'target'),
  column('farm', 'categorical'),
];
const FRUIT: StagedRow[] = Array.from({ length: 40 }, (_, i) => ({
  values: [i / 4, i % 2 === 0 ? 'apple' : 'pear', `farm ${i % 5}`],
}));
const SHAPE = [2, 1, 1];
const DOTS: StagedImage[] = Array.from({ length: 20 }, (_, i) => ({
  pixels: [i, 200 - i],
  label: i % 2 === 0 ? 'dark' : 'light',
}));

let engine: TableEngine;
beforeAll(async () => {
  engine = await workspace.engine();
});

async function opened(built: BuiltVersion, prefix = 'p_'): Promise<StoredVersion> {
  const version = await openVersion(store, built.version.blob);
  await version.attach(engine, prefix);
  return version;
}

const table = async (rows = FRUIT, columns: DatasetColumn[] = COLUMNS) =>
  buildVersion({ engine, folder, store, ...(await stageRows(engine, columns, rows)) });
const images = async (all = DOTS) =>
  buildVersion({ engine, folder, store, ...(await stagePixels(engine, store, SHAPE, all)) });
const derived = async (parent: BuiltVersion, changes: DerivationChanges) =>
  deriveVersion({ engine, folder, store, parent: await opened(parent), changes });

async function rowsOf(built: BuiltVersion): Promise<Record<string, unknown>[]> {
  const version = await opened(built, 'r_');
  return engine.rows(`select * exclude (part, pos) from ${version.samples} order by digest, "row"`);
}

const contentOf = async (built: BuiltVersion) =>
  (await rowsOf(built)).map(({ row: _, split: __, ...rest }) => rest);
const splitsOf = async (built: BuiltVersion) =>
  new Map((await rowsOf(built)).map(({ digest, split }) => [digest, split]));

describe('a filtered version', () => {
  it('is the same content as an import of these rows, in the parts of the other', async () => {
    const parent = await table();
    const filtered = await derived(parent, { filter: `size < 5 and farm <> 'farm 3'` });
    const kept = FRUIT.filter(({ values: [size, , farm] }) => (size as number) < 5 && farm !== 'farm 3');
    const imported = await table(kept);
    expect(filtered.version.digest).toBe(imported.version.digest);
    expect(await contentOf(filtered)).toEqual(await contentOf(imported));
    expect(filtered.manifest.parts).toEqual(parent.manifest.parts);
    const [before, after] = [await splitsOf(parent), await splitsOf(filtered)];
    for (const [digest, split] of after) expect(before.get(digest)).toBe(split);
    expect(filtered.version).toMatchObject({
      rows: 16,
      schema: { maximum: 4.75 },
      classCounts: { apple: 8, pear: 8 },
    });
  });

  it('leaves out parts that nothing is left of', async () => {
    const parent = await images();
    const filtered = await derived(parent, { drop: [0, 1, 2, 4, 6, 7, 8] });
    expect(parent.manifest.parts).toHaveLength(7);
    expect(filtered.manifest.parts).toEqual([1, 3, 4, 5, 6].map((part) => parent.manifest.parts[part]));
    const imported = await images(DOTS.filter((_, i) => ![0, 1, 2, 4, 6, 7, 8].includes(i)));
    expect(filtered.version.digest).toBe(imported.version.digest);
    const version = await opened(filtered);
    const pixels = await version.pixels(engine, [0, 2, 12]);
    expect(pixels.map((bytes) => [...bytes])).toEqual([
      [3, 197],
      [9, 191],
      [19, 181],
    ]);
  });

  it.each<[string, DerivationChanges, string]>([
    ['what is no filter', { filter: 'size <' }, 'filter: '],
    ['an unknown column', { filter: 'weight = 1' }, 'filter: '],
    ['rows that do not exist', { drop: [3, 40] }, 'drop: there is no row 40; rows go from 0 to 39'],
    ['nothing left', { filter: 'size > 1000' }, 'No sample would be left'],
    [
      'classes of rows that do not exist',
      { relabel: [{ row: -1, label: 'x' }] },
      'relabel: there is no row -1',
    ],
    [
      'two classes of one row',
      {
        relabel: [
          { row: 1, label: 'x' },
          { row: 1, label: 'y' },
        ],
      },
      'gets two classes',
    ],
    ['an empty class', { relabel: [{ row: 1, label: '' }] }, 'gets an empty class'],
  ])('refuses %s', async (_, changes, message) => {
    const parent = await table();
    const failure: unknown = await derived(parent, changes).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnreadableData);
    expect(String(failure)).toContain(message);
  });
});

describe('a relabelled version', () => {
  it('is the same content as an import with these classes', async () => {
    const parent = await table();
    const relabelled = await derived(parent, {
      relabel: [
        { row: 0, label: 'quince' },
        { row: 3, label: 'apple' },
      ],
    });
    const changed = FRUIT.map(({ values }, i) => ({
      values: values.map((value, c) =>
        c === 1 && i === 0 ? 'quince' : c === 1 && i === 3 ? 'apple' : value,
      ),
    }));
    const imported = await table(changed);
    expect(relabelled.version.digest).toBe(imported.version.digest);
    expect(relabelled.version.schema.classes).toEqual(['apple', 'pear', 'quince']);
    expect(relabelled.manifest.parts).toEqual(parent.manifest.parts);
    expect(await contentOf(relabelled)).toEqual(await contentOf(imported));
  });

  it('finds the digests of images anew', async () => {
    const parent = await images();
    const relabelled = await derived(parent, { relabel: [{ row: 5, label: 'dark' }] });
    const imported = await images(DOTS.map((dot, i) => (i === 5 ? { ...dot, label: 'dark' } : dot)));
    expect(relabelled.version.digest).toBe(imported.version.digest);
    expect(relabelled.manifest.parts).toEqual(parent.manifest.parts);
  });
});

it('divides the same samples otherwise', async () => {
  const parent = await table();
  const again = await derived(parent, { split: { method: 'grouped', column: 'farm', seed: 3 } });
  expect(again.version.digest).toBe(parent.version.digest);
  expect(again.version.split).toMatchObject({ method: 'grouped', column: 'farm', seed: 3 });
  const rows = await rowsOf(again);
  const farms = new Map<unknown, Set<unknown>>();
  for (const { c2, split } of rows) farms.set(c2, (farms.get(c2) ?? new Set()).add(split));
  expect([...farms.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1, 1]);
});

describe('added samples', () => {
  const MORE: StagedRow[] = Array.from({ length: 20 }, (_, i) => ({
    values: [100 + i, i < 5 ? 'quince' : 'apple', 'farm 9'],
  }));

  it('leave the others as they were', async () => {
    const parent = await table();
    const version = await opened(parent);
    const staged = await stageRows(engine, COLUMNS, MORE);
    const added = await buildVersion({ engine, folder, store, ...staged, parent: version });
    expect(added.version).toMatchObject({
      rows: 60,
      classCounts: { apple: 35, pear: 20, quince: 5 },
      schema: { minimum: 0, maximum: 119, classes: ['apple', 'pear', 'quince'] },
      split: { method: 'stratified', seed: 42 },
    });
    expect(added.manifest.parts.slice(0, 1)).toEqual(parent.manifest.parts);
    expect(added.manifest.parts).toHaveLength(2);
    const [before, after] = [await splitsOf(parent), await splitsOf(added)];
    for (const [digest, split] of before) expect(after.get(digest)).toBe(split);
    expect((await table([...MORE, ...FRUIT])).version.digest).toBe(added.version.digest);
  });

  it('may have their columns in another order', async () => {
    const version = await opened(await table());
    const columns = [COLUMNS[2], COLUMNS[0], COLUMNS[1]] as DatasetColumn[];
    const rows = MORE.map(({ values: [size, kind, farm] }) => ({ values: [farm, size, kind] }));
    const staged = await stageRows(engine, columns, rows);
    const added = await buildVersion({ engine, folder, store, ...staged, parent: version });
    expect((await table([...MORE, ...FRUIT])).version.digest).toBe(added.version.digest);
  });

  it('are images of the same shape', async () => {
    const version = await opened(await images(DOTS.slice(0, 12)));
    const staged = await stagePixels(engine, store, SHAPE, DOTS.slice(12));
    const added = await buildVersion({ engine, folder, store, ...staged, parent: version });
    expect(added.version.digest).toBe((await images()).version.digest);
    expect(added.manifest.parts.slice(0, 4)).toEqual(version.manifest.parts);
    const pixels = await (await opened(added)).pixels(engine, [19, 0]);
    expect(pixels.map((bytes) => [...bytes])).toEqual([
      [19, 181],
      [0, 200],
    ]);
  });

  it.each([
    [
      [column('size', 'numeric'), column('kind', 'categorical', 'target')],
      ['farm', 'is missing'],
    ],
    [
      [...COLUMNS, column('more', 'integer')],
      ['more', 'is not in the version'],
    ],
    [
      [column('size', 'text'), ...COLUMNS.slice(1)],
      ['size', 'is text, and numeric in the version'],
    ],
  ])('are refused with other columns', async (columns, [name, message]) => {
    const version = await opened(await table());
    const staged = await stageRows(engine, columns, [{ values: columns.map(() => '1') }]);
    const failure = await buildVersion({ engine, folder, store, ...staged, parent: version }).catch(
      (error: unknown) => error as UnreadableData,
    );
    expect(failure).toBeInstanceOf(UnreadableData);
    expect((failure as UnreadableData).problems).toEqual([
      { column: name, message: expect.stringContaining(message as string) as string },
    ]);
  });

  it('are refused when they are something else', async () => {
    const version = await opened(await table());
    const staged = await stagePixels(engine, store, SHAPE, DOTS);
    await expect(buildVersion({ engine, folder, store, ...staged, parent: version })).rejects.toThrow(
      'The samples are images, and the version that they are added to holds a table',
    );
    const other = await opened(await images());
    const wide = await stagePixels(engine, store, [1, 3, 1], [{ pixels: [1, 2, 3], label: 'dark' }]);
    await expect(buildVersion({ engine, folder, store, ...wide, parent: other })).rejects.toThrow(
      'The images are 1 × 3 × 1, and those of the version are 2 × 1 × 1',
    );
  });
});
