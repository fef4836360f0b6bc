import { createHash } from 'node:crypto';
import type { LoadedSamples } from '../read/load-samples';
import { loadSamples } from '../read/load-samples';
import { openVersion } from '../read/stored-version';
import { Workspace } from '../testing/workspace';
import { buildBuiltIn } from './build-built-in';

const workspace = new Workspace();
afterAll(() => workspace.close());

const sha256 = (array: LoadedSamples['values']): string =>
  createHash('sha256')
    .update(Buffer.from(array.buffer, array.byteOffset, array.byteLength))
    .digest('hex');

it('makes the digits of scikit-learn a version', async () => {
  const { version, blobs } = await buildBuiltIn('digits', workspace.store, workspace.folder);
  expect(version).toMatchObject({
    rows: 1797,
    schema: { kind: 'image', shape: [8, 8, 1], dtype: 'uint8', target: 'digit', minimum: 0, maximum: 16 },
    // numpy.bincount(load_digits().target) of scikit-learn 1.9.1
    classCounts: { 0: 178, 1: 182, 2: 177, 3: 183, 4: 181, 5: 182, 6: 181, 7: 179, 8: 174, 9: 180 },
    split: { method: 'stratified', seed: 42, counts: { train: 1258, validation: 180, test: 359 } },
    quarantinedRows: 0,
  });
  expect(version.storedBytes).toBe(blobs.reduce((sum, { size }) => sum + size, 0));
  const stored = await openVersion(workspace.store, version.blob);
  // The only part holds the images in their order: load_digits().images.astype(uint8).tobytes() through hashlib.sha256.
  expect(stored.manifest.parts[0]?.sha256).toBe(
    '8f26b2bd9d135c256808f68f14fdabddde6d9c7f869ae419704b051f0f14b3b3',
  );
  const { train, validation, test } = await loadSamples(stored);
  expect([train, validation, test].map(({ labels }) => labels.length)).toEqual([1258, 180, 359]);
  expect([train, validation, test].map(({ labels }) => new Set(labels).size)).toEqual([10, 10, 10]);
  expect(train.values).toBeInstanceOf(Uint8Array);
});

it('makes the irises of scikit-learn a version', async () => {
  const { version } = await buildBuiltIn('iris', workspace.store, workspace.folder);
  expect(version).toMatchObject({
    rows: 150,
    schema: {
      kind: 'table',
      shape: [4],
      dtype: 'float32',
      columns: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
      target: 'species',
      classes: ['setosa', 'versicolor', 'virginica'],
      minimum: 0.1,
      maximum: 7.9,
    },
    classCounts: { setosa: 50, versicolor: 50, virginica: 50 },
    split: { counts: { train: 105, validation: 15, test: 30 } },
  });
  const stored = await openVersion(workspace.store, version.blob);
  const engine = await workspace.engine();
  const samples = await stored.attach(engine, 'a_');
  await expect(
    engine.rows(`select "row", c0, c3, c4, label, part, pos from ${samples} where "row" in (0, 149)`),
  ).resolves.toEqual([
    { row: 0, c0: 5.1, c3: 0.2, c4: 'setosa', label: 'setosa', part: 0, pos: 0 },
    { row: 149, c0: 5.9, c3: 1.8, c4: 'virginica', label: 'virginica', part: 0, pos: 149 },
  ]);
  const { train, validation, test } = await loadSamples(stored, engine);
  // The file's numbers as float32, sorted, little-endian, through Python's struct.pack and hashlib.sha256.
  const all = Float32Array.from([train, validation, test].flatMap(({ values }) => [...values])).sort();
  expect(sha256(all)).toBe('3d2973b4875333550d7dc9cbee1b58a454e0f37eaf843db86b495244b02a9112');
});

it.each(['digits', 'iris'] as const)('makes %s the same version every time', async (name) => {
  const [one, two] = [
    await buildBuiltIn(name, workspace.store, workspace.folder),
    await buildBuiltIn(name, workspace.store, workspace.folder),
  ];
  expect(two.version).toEqual(one.version);
});
