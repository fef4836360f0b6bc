import { UnreadableData } from '@modelyard/contracts';
import type { SplitName, SplitRequest } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { buildVersion } from '../build/build-version';
import type { BuiltVersion } from '../build/version-to-build';
import { openVersion } from '../read/stored-version';
import { column, stagePixels, stageRows } from '../testing/staged';
import type { StagedRow } from '../testing/staged';
import { Workspace } from '../testing/workspace';

const workspace = new Workspace();
afterAll(() => workspace.close());
const { store, folder } = workspace;
let engine: TableEngine;
beforeAll(async () => {
  engine = await workspace.engine();
});

const COLUMNS = [
  column('size', 'numeric'),
  column('farm', 'categorical'),
  column('day', 'date', 'time'),
  column('kind', 'categorical', 'target'),
];
const DAY_MS = 86_400_000;
const rowsOf = (
  count: number,
  splitOf: (i: number) => SplitName | undefined = () => undefined,
): StagedRow[] =>
  Array.from({ length: count }, (_, i) => {
    const split = splitOf(i);
    const day = new Date(((i * 7) % count) * DAY_MS).toISOString();
    return { values: [i, `farm ${i % 4}`, day, i % 2 === 0 ? 'apple' : 'pear'], ...(split && { split }) };
  });

const build = async (rows: StagedRow[], split?: SplitRequest): Promise<BuiltVersion> =>
  buildVersion({
    engine,
    folder,
    store,
    ...(await stageRows(engine, COLUMNS, rows)),
    ...(split && { split }),
  });

async function divided(built: BuiltVersion): Promise<{ size: number; day: string; split: SplitName }[]> {
  const version = await openVersion(store, built.version.blob);
  const samples = await version.attach(engine, 's_');
  return engine.rows(`select c0 as size, c2::varchar as day, split from ${samples} order by c2`);
}

describe('splits that came with the samples', () => {
  it('are kept', async () => {
    const splitOf = (i: number): SplitName => (i < 20 ? 'train' : i < 25 ? 'validation' : 'test');
    const built = await build(rowsOf(30, splitOf));
    expect(built.version.split).toMatchObject({
      method: 'given',
      counts: { train: 20, validation: 5, test: 5 },
    });
    for (const { size, split } of await divided(built)) expect(split).toBe(splitOf(size));
  });

  it('are carved from the training samples where one is missing, and only from these', async () => {
    const built = await build(rowsOf(40, (i) => (i < 32 ? 'train' : 'test')));
    // A fraction of 0.1 for validation beside 0.7 for training: an eighth.
    expect(built.version.split.counts).toEqual({ train: 28, validation: 4, test: 8 });
    for (const { size, split } of await divided(built)) expect(split === 'test').toBe(size >= 32);
    const again = await build(rowsOf(40, (i) => (i < 32 ? 'train' : 'test')).reverse());
    expect(await divided(again)).toEqual(await divided(built));
  });

  it('give samples without one to training', async () => {
    const built = await build(rowsOf(30, (i) => (i < 5 ? 'test' : i < 10 ? 'validation' : undefined)));
    expect(built.version.split.counts).toEqual({ train: 20, validation: 5, test: 5 });
  });

  it('are not asked for when another division is', async () => {
    const built = await build(
      rowsOf(30, () => 'test'),
      { method: 'stratified' },
    );
    expect(built.version.split).toMatchObject({
      method: 'stratified',
      counts: { train: 21, validation: 3, test: 6 },
    });
  });
});

it('divides by time: the earliest for training, the last for the test', async () => {
  const built = await build(rowsOf(40), { method: 'time' });
  expect(built.version.split).toMatchObject({
    method: 'time',
    column: 'day',
    counts: { train: 28, validation: 4, test: 8 },
  });
  const splits = (await divided(built)).map(({ split }) => split);
  const expected = { train: 28, validation: 4, test: 8 };
  expect(splits).toEqual(Object.entries(expected).flatMap(([name, count]) => new Array(count).fill(name)));
});

it.each<[string, StagedRow[], SplitRequest, string]>([
  ['`given` where nothing is', rowsOf(10), { method: 'given' }, 'do not say which samples are for what'],
  ['no training sample', rowsOf(10, () => 'test'), {}, 'No sample is for training: the files give only'],
  ['groups of no column', rowsOf(10), { method: 'grouped' }, 'give one the role `group`'],
  ['an unknown column', rowsOf(10), { method: 'grouped', column: 'town' }, 'There is no column town'],
  ['a time that has no order', rowsOf(10), { method: 'time', column: 'farm' }, 'must be a date or a number'],
  ['fractions of more', rowsOf(10), { fractions: { train: 0.9, validation: 0.9, test: 0 } }, 'add up to 1'],
])('refuses %s', async (_, rows, split, message) => {
  const failure: unknown = await build(rows, split).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UnreadableData);
  expect(String(failure)).toContain(message);
});

it('has no column to divide images by', async () => {
  const staged = await stagePixels(engine, store, [1, 1, 1], [{ pixels: [1], label: 'dot' }]);
  const building = buildVersion({ engine, folder, store, ...staged, split: { method: 'grouped' } });
  await expect(building).rejects.toThrow('Images have no column to divide them by');
});
