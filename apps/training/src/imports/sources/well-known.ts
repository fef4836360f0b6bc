import type { DatasetOrigin, ImportFormat, WellKnownDataset } from '@modelyard/contracts';

export interface PublishedFile {
  /** As its publisher calls it; a mirror has it under this name too. */
  name: string;
  url: string;
  sha256: string;
  size: number;
}

export interface PublishedDataset {
  format: ImportFormat;
  files: PublishedFile[];
  origin: DatasetOrigin;
}

const MNIST = 'https://storage.googleapis.com/cvdf-datasets/mnist/';
const FASHION = 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/';

/**
 * The sets that are known by name and not built in: where their publishers have them, and what must come from there.
 * SHA-256 and sizes: TensorFlow Datasets, `tensorflow_datasets/url_checksums/{mnist,fashion_mnist,cifar10}.txt`; those of
 * MNIST were also checked against copies of the files.
 */
export const PUBLISHED_DATASETS: Record<Exclude<WellKnownDataset, 'iris' | 'digits'>, PublishedDataset> = {
  mnist: {
    format: 'idx',
    files: [
      file(
        MNIST,
        'train-images-idx3-ubyte.gz',
        9_912_422,
        '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
      ),
      file(
        MNIST,
        'train-labels-idx1-ubyte.gz',
        28_881,
        '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
      ),
      file(
        MNIST,
        't10k-images-idx3-ubyte.gz',
        1_648_877,
        '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
      ),
      file(
        MNIST,
        't10k-labels-idx1-ubyte.gz',
        4_542,
        'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
      ),
    ],
    origin: {
      description:
        'The MNIST database of handwritten digits: 60,000 images for training, 10,000 for testing.',
      licence: 'CC BY-SA 3.0',
      url: 'http://yann.lecun.com/exdb/mnist/',
    },
  },
  'fashion-mnist': {
    format: 'idx',
    files: [
      file(
        FASHION,
        'train-images-idx3-ubyte.gz',
        26_421_880,
        '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
      ),
      file(
        FASHION,
        'train-labels-idx1-ubyte.gz',
        29_515,
        'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
      ),
      file(
        FASHION,
        't10k-images-idx3-ubyte.gz',
        4_422_102,
        '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
      ),
      file(
        FASHION,
        't10k-labels-idx1-ubyte.gz',
        5_148,
        '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
      ),
    ],
    origin: {
      description: "Zalando's article images in ten classes: 60,000 for training, 10,000 for testing.",
      licence: 'MIT',
      url: 'https://github.com/zalandoresearch/fashion-mnist',
    },
  },
  'cifar-10': {
    format: 'cifar-10',
    files: [
      file(
        'https://www.cs.toronto.edu/~kriz/',
        'cifar-10-binary.tar.gz',
        170_052_171,
        'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
      ),
    ],
    origin: {
      description:
        'Colour images of ten kinds of things: 50,000 for training, 10,000 for testing (Krizhevsky 2009).',
      licence: 'none stated',
      url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    },
  },
};

function file(base: string, name: string, size: number, sha256: string): PublishedFile {
  return { name, url: base + name, size, sha256 };
}
