import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetSchema, DatasetVersion, SplitRequest } from '@modelyard/contracts';
import { buildBuiltIn, buildVersion, FolderContentStore } from '@modelyard/ml-datasets';
import { TableEngine } from '@modelyard/ml-tables';
import { IRIS_VERSION } from '../testing/example-job';
import { loadSplits, requireFeatures } from './load-splits';
import { TrainingFailure } from './training-failure';

const folder = mkdtempSync(join(tmpdir(), 'load-splits-'));
const store = new FolderContentStore(join(folder, 'store'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A version of 20 rows. @param size SQL of a number in row i */
async function version(size: string, split: SplitRequest = {}): Promise<DatasetVersion> {
  const engine = await TableEngine.open({ folder });
  try {
    await engine.run(
      `create table staged as select i as "row", null::varchar as split, ${size}::double as c0,
         case when i % 2 = 0 then 'apple' else 'pear' end as c1 from range(20) t(i)`,
    );
    const built = await buildVersion({
      engine,
      folder,
      store,
      kind: 'table',
      split,
      staged: {
        columns: [
          { name: 'size', type: 'numeric', role: 'feature', nullable: true },
          { name: 'kind', type: 'categorical', role: 'target', nullable: false },
        ],
        target: 'kind',
      },
    });
    return { ...IRIS_VERSION, dataset: 'fruit', version: 3, ...built.version };
  } finally {
    engine.close();
  }
}

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

it('keeps images as bytes, and says what each byte of each channel becomes', async () => {
  const { version: digits } = await buildBuiltIn('digits', store, folder);
  const dataset = { ...IRIS_VERSION, ...digits };
  const { samples } = await loadSplits(store, dataset, [{ type: 'rescale', scale: 1 / 16, offset: 0 }]);
  expect(samples.train.values).toBeInstanceOf(Uint8Array);
  expect(samples.train.lookup).toHaveLength(256);
  expect([0, 8, 16].map((byte) => samples.train.lookup?.[byte])).toEqual([0, 0.5, 1]);
  expect(samples.test.raw).toBe(samples.test.values);
});

it('fails when features lack values, and names them', async () => {
  const failure = await failureOf(
    loadSplits(store, await version('case when i < 4 then null else i end'), []),
  );
  expect(failure).toBeInstanceOf(TrainingFailure);
  expect(String(failure)).toContain('size (4 rows)');
});

it('fails when a split has no samples, and names it', async () => {
  const all = { train: 1, validation: 0, test: 0 };
  const failure = await failureOf(loadSplits(store, await version('i', { fractions: all }), []));
  expect(failure).toBeInstanceOf(TrainingFailure);
  expect(String(failure)).toContain('Version 3 of fruit has no samples in its validation split');
});

it('fails when no feature is a number', () => {
  const schema: DatasetSchema = { ...IRIS_VERSION.schema, shape: [0] };
  expect(() => requireFeatures({ ...IRIS_VERSION, schema })).toThrow(TrainingFailure);
  expect(() => requireFeatures(IRIS_VERSION)).not.toThrow();
});
