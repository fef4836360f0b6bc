import { labelFromPath } from './label-from-path';

it.each([
  ['1.jpg', {}],
  ['cat/1.jpg', { label: 'cat' }],
  ['./cat/1.jpg', { label: 'cat' }],
  ['pets/cat/1.jpg', { label: 'cat' }],
  ['train/cat/1.jpg', { label: 'cat', split: 'train' }],
  ['pets/Val/cat/1', { label: 'cat', split: 'validation' }],
  ['data/iris.csv', {}],
  ['data/train-images.idx3-ubyte', {}],
  ['data/flowers.tar.gz', {}],
])('%s is of %j', (name, says) => {
  expect(labelFromPath(name)).toEqual(says);
});
