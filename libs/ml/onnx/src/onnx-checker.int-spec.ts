import { exportNetwork } from './index';
import { exampleNetwork, withLayer } from './testing/example-network';
import { readKerasGolden } from './testing/keras-golden';
import { checkModels, prepareOnnxChecker } from './testing/onnx-checker';
import { exportBare } from './testing/run-network';

const FIRST_INSTALLATION_MS = 300_000;

const models = new Map<string, Buffer>([
  ...readKerasGolden().map((network) => [network.title, exportBare(network)] as const),
  ['a whole classifier', exportNetwork(exampleNetwork())],
  ['a classifier of logits', exportNetwork(withLayer('out', { activation: 'linear' }))],
  [
    'a classifier with preprocessing',
    exportNetwork(exampleNetwork({ preprocessing: { kind: 'affine', scale: [2, 3], offset: [1, 0] } })),
  ],
]);

describe("ONNX's own checker, with full shape inference,", () => {
  let problems: Map<string, string | null>;

  beforeAll(() => {
    prepareOnnxChecker();
    const broken = Buffer.from(exportNetwork(exampleNetwork()));
    // Field 4 of a node, its operator: an operator that there isn't.
    broken.write('Rexu', broken.indexOf('\x22\x04Relu') + 2);
    problems = checkModels(new Map([...models, ['broken', broken]]));
  }, FIRST_INSTALLATION_MS);

  it.each([...models.keys()])('accepts %s', (title) => {
    expect(problems.get(title)).toBeNull();
  });

  it('would have found a mistake', () => {
    expect(problems.get('broken')).toContain('Rexu');
  });
});
