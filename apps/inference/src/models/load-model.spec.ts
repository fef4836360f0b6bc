import '../testing/host-typed-arrays';
import type { DesiredDeployment, InputExample } from '@modelyard/contracts';
import type { InferenceConfig } from '../inference.config';
import { MemoryBlobs } from '../testing/memory-blobs';
import { silentLogger } from '../testing/silent-logger';
import { tableAnswer, tableModel, tableSignature } from '../testing/tiny-models';
import { LoadModel } from './load-model';
import { OnnxSessionFactory } from './onnx-session';

const config = { threads: 1, maxModelBytes: 10_000 } as InferenceConfig;

function slice(files: Record<string, Buffer | InputExample>): {
  load: LoadModel;
  desired: DesiredDeployment;
} {
  const blobs = new MemoryBlobs();
  const desired: DesiredDeployment = {
    name: 'shapes',
    revision: 1,
    isDefault: true,
    model: 'shapes',
    version: 1,
    signature: tableSignature,
    package: Object.entries(files).map(([path, content]) =>
      blobs.add(path, Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))),
    ),
  };
  return { load: new LoadModel(blobs, new OnnxSessionFactory(config), config, silentLogger), desired };
}

const example: InputExample = {
  inputs: [
    [3, 1],
    [-2, 5],
  ],
  shape: [2],
  probabilities: [tableAnswer([3, 1]), tableAnswer([-2, 5])],
};

describe('LoadModel', () => {
  it('loads a package whose example it answers as the trained model did', async () => {
    const { load, desired } = slice({ 'model.onnx': tableModel(), 'input_example.json': example });
    const model = await load.execute(desired);
    expect(model.label).toBe('shapes/1');
    expect((await model.run(Float32Array.of(0, 0), 1)).length).toBe(3);
  });

  it('loads a package without an example', async () => {
    const { load, desired } = slice({ 'model.onnx': tableModel() });
    expect((await load.execute(desired)).classes).toEqual(['small', 'middle', 'large']);
  });

  it.each<[string, Record<string, Buffer | InputExample>, Partial<DesiredDeployment>, string]>([
    [
      'answers otherwise than it was trained to',
      { 'model.onnx': tableModel([0, 1, 0]), 'input_example.json': example },
      {},
      'the answer to example 0 is off by',
    ],
    [
      'has an example of another shape',
      { 'model.onnx': tableModel(), 'input_example.json': { ...example, inputs: [[1], [2]] } },
      {},
      'the input example does not fit the signature',
    ],
    [
      'has an example of other classes',
      { 'model.onnx': tableModel(), 'input_example.json': { ...example, probabilities: [[1], [1]] } },
      {},
      'the model gives 3 probabilities, expected 1',
    ],
    ['has no model', { 'README.md': Buffer.from('') }, {}, 'the model package has no model.onnx'],
    [
      'is too large',
      { 'model.onnx': Buffer.alloc(20_000) },
      {},
      'model.onnx has 20000 bytes, at most 10000 are loaded',
    ],
    [
      'has other classes than its signature',
      { 'model.onnx': tableModel() },
      { signature: { ...tableSignature, classes: ['a', 'b'] } },
      'the model gives 3 probabilities for 2 classes',
    ],
    [
      'calls its input otherwise',
      { 'model.onnx': tableModel() },
      { signature: { ...tableSignature, inputs: [{ name: 'x', dtype: 'float32', shape: [-1, 2] }] } },
      'the model has no input `x`, only `input`',
    ],
    [
      'has no output in its signature',
      { 'model.onnx': tableModel() },
      { signature: { ...tableSignature, outputs: [] } },
      'the signature has no input or no output',
    ],
  ])('refuses a version that %s', async (_, files, changes, message) => {
    const { load, desired } = slice(files);
    await expect(load.execute({ ...desired, ...changes })).rejects.toThrow(message);
  });
});
