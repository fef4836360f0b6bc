import { UnreadableData } from '@modelyard/contracts';
import type { SplitName } from '@modelyard/contracts';

export interface IdxInput {
  /** Where it is in the order of all items. */
  index: number;
  shown: string;
  path: string;
  split?: SplitName;
  dimensions: number[];
}

export interface IdxPair {
  images: IdxInput;
  labels: IdxInput;
  split?: SplitName;
}

/**
 * Which labels belong to which images: those whose names differ in no more than `images`/`labels` and the number of
 * dimensions, else those that are as many. `train…` and `t10k…` or `test…` name the split.
 * @throws UnreadableData where that leaves a doubt
 */
export function pairIdx(inputs: readonly IdxInput[]): IdxPair[] {
  const images = inputs.filter(({ dimensions }) => dimensions.length >= 3);
  const labels = inputs.filter(({ dimensions }) => dimensions.length === 1);
  const odd = inputs.find(({ dimensions }) => dimensions.length === 2);
  if (odd !== undefined) {
    throw problem(odd, 'it has two dimensions; images have three (or four, with channels), labels one');
  }
  if (images.length === 0) throw new UnreadableData('There is no IDX file with images (three dimensions).');
  const pairs = images.map((image) => {
    const label = partnerOf(image, images, labels);
    if (label.dimensions[0] !== image.dimensions[0]) {
      const counts = `${String(image.dimensions[0])} images, ${String(label.dimensions[0])} labels`;
      throw problem(image, `${label.shown} has not as many labels as it has images (${counts})`);
    }
    const split = image.split ?? label.split ?? splitOf(image.path);
    return { images: image, labels: label, ...(split === undefined ? {} : { split }) };
  });
  const used = new Set(pairs.map((pair) => pair.labels));
  const unused = labels.find((label) => !used.has(label));
  if (unused !== undefined) throw problem(unused, 'it has labels of no images');
  if (used.size < pairs.length)
    throw problem((pairs[0] as IdxPair).images, 'two files of images share one file of labels');
  return pairs;
}

function partnerOf(image: IdxInput, images: readonly IdxInput[], labels: readonly IdxInput[]): IdxInput {
  const named = labels.filter((label) => stem(label.path) === stem(image.path));
  if (named.length === 1) return named[0] as IdxInput;
  const count = (input: IdxInput) => input.dimensions[0];
  const equal = labels.filter((label) => count(label) === count(image));
  const rivals = images.filter((other) => count(other) === count(image));
  if (equal.length === 1 && rivals.length === 1) return equal[0] as IdxInput;
  if (labels.length === 1 && images.length === 1) return labels[0] as IdxInput;
  throw problem(
    image,
    'its labels are not there. Call them alike: train-images-idx3-ubyte, train-labels-idx1-ubyte',
  );
}

function stem(path: string): string {
  return path
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/images?|labels?/g, '')
    .replace(/idx\d/g, 'idx');
}

function splitOf(path: string): SplitName | undefined {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  if (name.includes('train')) return 'train';
  if (name.includes('t10k') || name.includes('test')) return 'test';
  return name.includes('valid') ? 'validation' : undefined;
}

function problem(input: IdxInput, message: string): UnreadableData {
  return new UnreadableData(`${input.shown} cannot be read: ${message}.`, [{ file: input.shown, message }]);
}
