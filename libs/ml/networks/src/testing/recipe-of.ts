import type { LayerSpec, LayerType, Recipe, TrainingOptions } from '@modelyard/contracts';

/** A layer as a test writes it: what it leaves out gets a plain value. */
export type LayerDraft = { type: LayerType; name?: string; inputs?: string[] } & Record<string, unknown>;

const PLAIN: Partial<Record<LayerType, object>> = {
  dense: { units: 'classes', activation: 'linear', useBias: true, l2: 0 },
  conv2d: {
    filters: 3,
    kernelSize: [3, 3],
    strides: [1, 1],
    padding: 'valid',
    dilation: [1, 1],
    activation: 'linear',
    useBias: true,
    l2: 0,
  },
  depthwiseConv2d: {
    kernelSize: [3, 3],
    strides: [1, 1],
    padding: 'valid',
    depthMultiplier: 1,
    activation: 'linear',
    useBias: true,
  },
  separableConv2d: {
    filters: 3,
    kernelSize: [3, 3],
    strides: [1, 1],
    padding: 'valid',
    depthMultiplier: 1,
    activation: 'linear',
    useBias: true,
  },
  maxPooling2d: { poolSize: [2, 2], strides: [2, 2], padding: 'valid' },
  averagePooling2d: { poolSize: [2, 2], strides: [2, 2], padding: 'valid' },
  batchNormalization: { momentum: 0.9, epsilon: 0.001 },
};

export function layersOf(drafts: LayerDraft[]): LayerSpec[] {
  let before = 'input';
  return drafts.map((draft, index) => {
    const name = draft.name ?? `${draft.type}_${index}`;
    const layer = { ...PLAIN[draft.type], inputs: [before], ...draft, name };
    before = name;
    return layer as unknown as LayerSpec;
  });
}

export function recipeOf(drafts: LayerDraft[], training: Partial<TrainingOptions> = {}, seed = 1): Recipe {
  return {
    apiVersion: 'modelyard/v1',
    name: 'test',
    description: '',
    experiment: 'test',
    dataset: { name: 'test', version: 1 },
    preprocessing: [],
    model: { type: 'network', layers: layersOf(drafts) },
    training: {
      epochs: 3,
      batchSize: 8,
      optimizer: { type: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      threads: 1,
      backend: 'tensorflow',
      ...training,
    },
    evaluation: { split: 'test', calibrationBins: 10 },
    seed,
  };
}
