import '../testing/host-typed-arrays';
import type { InferenceConfig } from '../inference.config';
import { tableAnswer, tableModel } from '../testing/tiny-models';
import { OnnxSessionFactory } from './onnx-session';
import type { ModelSession } from './model-session';

const factory = new OnnxSessionFactory({ threads: 1 } as InferenceConfig);
const names = { input: 'input', output: 'probabilities' };

describe('OnnxSessionFactory', () => {
  let session: ModelSession | undefined;
  afterEach(async () => {
    await session?.dispose();
    session = undefined;
  });

  it('answers each row of a batch with its own probabilities', async () => {
    session = await factory.open(tableModel(), names);
    const answers = await session.run(Float32Array.of(3, 1, -2, 5), [2, 2]);
    const expected = [...tableAnswer([3, 1]), ...tableAnswer([-2, 5])];
    expected.forEach((probability, index) => expect(answers[index]).toBeCloseTo(probability, 6));
    expect([session.inputNames, session.outputNames]).toEqual([['input'], ['probabilities']]);
  });

  it('refuses what is no model', async () => {
    await expect(factory.open(Buffer.from('no model'), names)).rejects.toThrow();
  });

  it('refuses a model whose output is not float32, or not there', async () => {
    session = await factory.open(tableModel(), { input: 'input', output: 'scores' });
    await expect(session.run(Float32Array.of(1, 2), [1, 2])).rejects.toThrow('scores');
  });
});
