import { createHash } from 'node:crypto';
import { checkDataset } from '../check-dataset';
import { classCounts } from '../class-counts';
import type { PackedDataset } from '../packed-dataset';
import { loadBuiltIn } from './load-built-in';

const sha256 = (array: PackedDataset['values'] | PackedDataset['labels']): string =>
  createHash('sha256')
    .update(Buffer.from(array.buffer, array.byteOffset, array.byteLength))
    .digest('hex');

// Hashes and counts from scikit-learn 1.9.1: load_digits().images.astype(uint8), load_iris().data.astype('<f4') and
// .target.astype(uint8), each .tobytes() through hashlib.sha256; numpy.bincount(target).
it('loads digits as scikit-learn does', async () => {
  const digits = await loadBuiltIn('digits');
  checkDataset(digits);
  expect(sha256(digits.values)).toBe('8f26b2bd9d135c256808f68f14fdabddde6d9c7f869ae419704b051f0f14b3b3');
  expect(sha256(digits.labels)).toBe('8ba4f891220f5e4c9c819638d1602d74b83618f167043c6da52a2a247841ddf0');
  expect(Object.values(classCounts(digits))).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
});

it('loads iris as scikit-learn does', async () => {
  const iris = await loadBuiltIn('iris');
  checkDataset(iris);
  expect(sha256(iris.values)).toBe('2374923a3acd29a63001946c3c216e2a5581864f01041c86c4b5211ec93885c2');
  expect(sha256(iris.labels)).toBe('7ba64c221a0a07e8a91f5c36d9f046565bb0dc1f9f5473a924f65122b6c8a412');
  expect(classCounts(iris)).toEqual({ setosa: 50, versicolor: 50, virginica: 50 });
});
