import fc from 'fast-check';
import { loadBuiltIn } from './built-in/load-built-in';
import { datasetDigest } from './digest';
import { DEFAULT_SPLIT, splitIndices } from './split';
import { gather } from './gather';
import { anyDataset, reordered } from './testing/any-dataset';

const withOrder = anyDataset.chain((dataset) => {
  const rows = Array.from({ length: dataset.rows }, (_, row) => row);
  return fc.tuple(
    fc.constant(dataset),
    fc.shuffledSubarray(rows, { minLength: dataset.rows, maxLength: dataset.rows }),
  );
});

describe('datasetDigest', () => {
  it('does not depend on the order of the samples, nor on how labels are stored', () => {
    fc.assert(
      fc.property(withOrder, ([dataset, order]) => {
        const other = {
          ...reordered(dataset, order),
          labels: Int32Array.from(reordered(dataset, order).labels),
        };
        expect(datasetDigest(other)).toBe(datasetDigest(dataset));
      }),
    );
  });

  it('changes with any pixel, label, class name, bound or repeated sample', async () => {
    const digits = await loadBuiltIn('digits');
    const digest = datasetDigest(digits);
    const onePixel = digits.values.slice();
    onePixel[1000] = (onePixel[1000] as number) ^ 1;
    const oneLabel = digits.labels.slice();
    oneLabel[5] = ((oneLabel[5] as number) + 1) % 10;
    const twice = digits.values.slice();
    twice.copyWithin(0, 64, 128);
    const others = [
      { ...digits, values: onePixel },
      { ...digits, labels: oneLabel },
      { ...digits, values: twice },
      { ...digits, schema: { ...digits.schema, classes: ['zero', ...digits.schema.classes.slice(1)] } },
      { ...digits, schema: { ...digits.schema, maximum: 255 } },
    ];
    const digests = [digest, ...others.map(datasetDigest)];
    expect(new Set(digests).size).toBe(6);
  });

  it('is what it always was', async () => {
    // Computed with Python's hashlib from scikit-learn's arrays. A changed digest would make all stored versions unrecognisable.
    expect(datasetDigest(await loadBuiltIn('digits'))).toBe(
      'sha256:134d66b35a1bf99a8ae56ed774bcc17fd8344613bbefda45fb9d1ec2ee9659aa',
    );
    expect(datasetDigest(await loadBuiltIn('iris'))).toBe(
      'sha256:4596b25a5c39bd8aba0ba58b46a166945aead08e445c4820eff2cc04b0a3a1c7',
    );
  });
});

describe('splitIndices', () => {
  it('divides the content alike, whatever order the samples came in', () => {
    fc.assert(
      fc.property(withOrder, ([dataset, order]) => {
        const other = reordered(dataset, order);
        const split = splitIndices(dataset);
        const otherSplit = splitIndices(other);
        for (const name of ['train', 'validation', 'test'] as const) {
          expect(gather(other, otherSplit[name])).toEqual(gather(dataset, split[name]));
        }
      }),
    );
  });

  it('divides digits by the default fractions, every class in each split', async () => {
    const digits = await loadBuiltIn('digits');
    const { train, validation, test } = splitIndices(digits, DEFAULT_SPLIT);
    expect([train.length, validation.length, test.length]).toEqual([1258, 180, 359]);
    expect(new Set([...train, ...validation, ...test]).size).toBe(1797);
    for (const split of [train, validation, test]) {
      expect(new Set(gather(digits, split).labels).size).toBe(10);
    }
  });

  it('divides otherwise with another seed', async () => {
    const iris = await loadBuiltIn('iris');
    expect(splitIndices(iris, { ...DEFAULT_SPLIT, seed: 2 })).not.toEqual(splitIndices(iris, DEFAULT_SPLIT));
  });
});

it('gather refuses rows that do not exist', async () => {
  const iris = await loadBuiltIn('iris');
  expect(() => gather(iris, [0, 150])).toThrow('There is no row 150 among 150');
});
