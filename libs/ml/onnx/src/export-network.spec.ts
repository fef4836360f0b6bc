import { describeOnnx, ExportError, exportNetwork, ONNX_OPSET } from './index';
import type { NetworkToExport } from './index';
import { exampleNetwork, withLayer } from './testing/example-network';
import { noise } from './testing/random-layer';
import { exportBare, largestDifference, runModel } from './testing/run-network';

const IMAGES = noise(2 * 32, 9);

async function answersOf(network: NetworkToExport, values = IMAGES): Promise<Float32Array> {
  return runModel(exportNetwork(network), 2, [4, 4, 2], values);
}

function softmaxOf(logits: Float32Array, classes: number): number[] {
  const result: number[] = [];
  for (let row = 0; row < logits.length; row += classes) {
    const exps = [...logits.subarray(row, row + classes)].map(Math.exp);
    const sum = exps.reduce((total, value) => total + value, 0);
    result.push(...exps.map((value) => value / sum));
  }
  return result;
}

describe('exportNetwork', () => {
  it('names its operator set, producer, classes, input and output', () => {
    expect(describeOnnx(exportNetwork(exampleNetwork()))).toMatchObject({
      irVersion: 8,
      opset: ONNX_OPSET,
      producer: { name: 'modelyard', version: '0.1.0' },
      inputs: [{ name: 'input', type: 'float32', shape: ['batch', 4, 4, 2] }],
      outputs: [{ name: 'probabilities', type: 'float32', shape: ['batch', 3] }],
      metadata: { task: 'image-classification', classes: '["a","b","c"]' },
    });
  });

  it('gives equal bytes for equal networks, and leaves its arguments as they were', () => {
    const network = exampleNetwork();
    expect(exportNetwork(network).equals(exportNetwork(exampleNetwork()))).toBe(true);
    expect(network).toEqual(exampleNetwork());
  });

  it('takes any number of rows', async () => {
    const model = exportNetwork(exampleNetwork());
    const three = await runModel(model, 3, [4, 4, 2], noise(96, 9));
    const one = await runModel(model, 1, [4, 4, 2], noise(96, 9).slice(32, 64));
    expect(largestDifference(three.subarray(3, 6), one)).toBeLessThan(1e-6);
  });

  it('ends in a softmax, once: for logits, and for any other activation of the last layer', async () => {
    const logits = await runModel(
      exportBare(withLayer('out', { activation: 'linear' })),
      2,
      [4, 4, 2],
      IMAGES,
    );
    const expected = softmaxOf(logits, 3);
    expect(largestDifference(await answersOf(exampleNetwork()), expected)).toBeLessThan(1e-6);
    expect(
      largestDifference(await answersOf(withLayer('out', { activation: 'linear' })), expected),
    ).toBeLessThan(1e-6);
    const squashed = await runModel(
      exportBare(withLayer('out', { activation: 'tanh' })),
      2,
      [4, 4, 2],
      IMAGES,
    );
    const answer = await answersOf(withLayer('out', { activation: 'tanh' }));
    expect(largestDifference(answer, softmaxOf(squashed, 3))).toBeLessThan(1e-6);
  });

  it('preprocesses inside the graph, channel by channel', async () => {
    const preprocessing = { kind: 'affine' as const, scale: [0.5, 3], offset: [0.25, -1] };
    const prepared = IMAGES.map(
      (value, index) => value * (index % 2 === 0 ? 0.5 : 3) + (index % 2 === 0 ? 0.25 : -1),
    );
    const inside = await answersOf(exampleNetwork({ preprocessing }));
    expect(largestDifference(inside, await answersOf(exampleNetwork(), prepared))).toBeLessThan(1e-6);
  });

  it('leaves out preprocessing that changes nothing', () => {
    const preprocessing = { kind: 'affine' as const, scale: [1, 1], offset: [0, 0] };
    const types = describeOnnx(exportNetwork(exampleNetwork({ preprocessing }))).operators.map(
      ({ type }) => type,
    );
    expect(types).not.toContain('Mul');
    expect(types).not.toContain('Add');
  });

  it('folds a normalisation into the convolution before it', () => {
    const types = describeOnnx(exportNetwork(exampleNetwork())).operators.map(({ type }) => type);
    expect(types).toEqual(['Conv', 'Flatten', 'Gemm', 'Identity', 'MaxPool', 'Relu', 'Softmax', 'Transpose']);
  });

  it('keeps a normalisation whose convolution has an activation', () => {
    const { operators } = describeOnnx(exportNetwork(withLayer('conv', { activation: 'relu' })));
    expect(operators).toContainEqual({ domain: '', type: 'BatchNormalization', count: 1 });
  });

  it('transposes each tensor once, however many layers read it', () => {
    const { topology, weights } = exampleNetwork();
    const conv = topology.layers[0];
    const second = { ...conv, name: 'second' };
    const sum = { ...topology.layers[2], name: 'sum', type: 'add', inputs: ['conv', 'second'] };
    const layers = [
      conv,
      second,
      {
        ...sum,
        inputShapes: [
          [4, 4, 4],
          [4, 4, 4],
        ],
      },
    ] as typeof topology.layers;
    const both = new Map([...weights, ['second/kernel', weights.get('conv/kernel')!]] as const);
    const { operators } = describeOnnx(exportBare({ topology: { ...topology, layers }, weights: both }));
    // One at the input, one at the output.
    expect(operators).toContainEqual({ domain: '', type: 'Transpose', count: 2 });
  });
});

describe('exportNetwork refuses, naming the layer,', () => {
  const without = (name: string): NetworkToExport => {
    const network = exampleNetwork();
    network.weights.delete(name);
    return network;
  };
  const replaced = (name: string, shape: number[], fill = 0): NetworkToExport => {
    const network = exampleNetwork();
    const data = new Float32Array(shape.reduce((total, size) => total * size, 1)).fill(fill);
    network.weights.set(name, { shape, data });
    return network;
  };
  const shortened = (name: string): NetworkToExport => {
    const network = exampleNetwork();
    const tensor = network.weights.get(name);
    if (tensor !== undefined) network.weights.set(name, { ...tensor, data: tensor.data.subarray(1) });
    return network;
  };
  const reshapedTo = (outputShape: number[]): NetworkToExport =>
    withLayer('flat', { type: 'reshape', targetShape: outputShape, outputShape });
  const merged = (type: 'add' | 'concatenate'): NetworkToExport =>
    withLayer('flat', {
      type,
      inputs: ['pool', 'relu'],
      inputShapes: [
        [2, 2, 4],
        [4, 4, 4],
      ],
    });
  const { signature } = exampleNetwork();

  it.each<[string, NetworkToExport, string | undefined, string]>([
    [
      'an unknown layer',
      withLayer('relu', { type: 'lstm' }),
      'relu',
      'layers of type "lstm" have no form in ONNX',
    ],
    ['an inherited name', withLayer('relu', { type: 'toString' }), 'relu', 'have no form in ONNX'],
    [
      'an unknown activation',
      withLayer('relu', { activation: 'snake' }),
      'relu',
      '"snake" has no form in ONNX',
    ],
    [
      'an unknown input',
      withLayer('relu', { inputs: ['nowhere'] }),
      'relu',
      'its input "nowhere" is no earlier layer',
    ],
    ['a later input', withLayer('relu', { inputs: ['pool'] }), 'relu', 'is no earlier layer'],
    ['no input', withLayer('relu', { inputs: [] }), 'relu', 'it has no input'],
    ['one name twice', withLayer('relu', { name: 'conv' }), 'conv', 'another layer has the same name'],
    ['the name "input"', withLayer('conv', { name: 'input' }), 'input', 'another layer has the same name'],
    ['unresolved units', withLayer('out', { units: 'classes' }), 'out', 'its units are "classes"'],
    [
      'a wrong description',
      withLayer('pool', { outputShape: [3, 3, 4] }),
      'pool',
      'it gives [2, 2, 4], but is described',
    ],
    [
      'a wrong input',
      withLayer('pool', { inputShapes: [[8, 8, 4]] }),
      'pool',
      'it takes [4, 4, 4], but is described',
    ],
    ['a missing weight', without('out/bias'), 'out', 'its weight "bias" is missing'],
    ['a missing kernel', without('conv/kernel'), 'conv', 'its weight "kernel" is missing'],
    [
      'a wrong weight',
      replaced('out/kernel', [3, 16]),
      'out',
      '"kernel" has shape [3, 16], expected [16, 3]',
    ],
    ['a NaN', replaced('out/bias', [3], Number.NaN), 'out', '"bias" holds NaN or Infinity'],
    ['too little data', shortened('out/bias'), 'out', '"bias" holds 2 values, expected 3'],
    ['a reshape to another size', reshapedTo([5, 3]), 'flat', 'cannot reshape [2, 2, 4] to [5, 3]'],
    ['a sum of unlike shapes', merged('add'), 'flat', 'cannot add [4, 4, 4] to [2, 2, 4]'],
    ['unlike images side by side', merged('concatenate'), 'flat', 'cannot join [4, 4, 4] to [2, 2, 4]'],
    [
      'more values than classes',
      {
        ...exampleNetwork(),
        topology: { ...exampleNetwork().topology, layers: exampleNetwork().topology.layers.slice(0, 5) },
      },
      'flat',
      'gives [16], expected one value for each of 3 classes',
    ],
    [
      'no layers',
      { ...exampleNetwork(), topology: { ...exampleNetwork().topology, layers: [] } },
      undefined,
      'The network has no layers',
    ],
    [
      'a signature of another shape',
      exampleNetwork({
        signature: { ...signature, inputs: [{ name: 'input', dtype: 'uint8', shape: [-1, 32] }] },
      }),
      undefined,
      'needs one input of shape [-1, 4, 4, 2]',
    ],
    [
      'a signature of other classes',
      exampleNetwork({ signature: { ...signature, classes: ['a'] } }),
      undefined,
      'has 1 classes, the network 3',
    ],
    [
      'preprocessing of other channels',
      exampleNetwork({ preprocessing: { kind: 'affine', scale: [1], offset: [0, 0] } }),
      undefined,
      '"scale" needs 2 finite numbers',
    ],
    [
      'preprocessing that overflows',
      exampleNetwork({ preprocessing: { kind: 'affine', scale: [1, 1], offset: [0, 1e300] } }),
      undefined,
      '"offset" needs 2 finite numbers',
    ],
  ])('%s', (_, network, layer, message) => {
    let thrown: unknown;
    try {
      exportNetwork(network);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ExportError);
    expect((thrown as ExportError).message).toContain(message);
    expect((thrown as ExportError).layer).toBe(layer);
  });
});
