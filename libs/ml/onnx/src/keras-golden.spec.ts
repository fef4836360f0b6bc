import { ACTIVATIONS } from '@modelyard/contracts';
import { EXPORTABLE_LAYERS } from './index';
import { readKerasGolden } from './testing/keras-golden';
import { exportBare, largestDifference, runModel } from './testing/run-network';

const golden = readKerasGolden();

describe('an exported network answers as Keras does', () => {
  it.each(golden)('$title', async (network) => {
    const answer = await runModel(
      exportBare(network),
      network.rows,
      network.topology.inputShape,
      network.input,
    );
    expect(largestDifference(answer, network.output)).toBeLessThan(3e-6);
  });

  it('for every layer that can be exported, and every activation', () => {
    const layers = golden.flatMap(({ topology }) => topology.layers);
    expect(new Set(layers.map(({ type }) => type))).toEqual(new Set(EXPORTABLE_LAYERS));
    const activations = layers.flatMap((layer) => (layer.type === 'activation' ? [layer.activation] : []));
    expect(new Set(activations)).toEqual(new Set(ACTIVATIONS));
  });
});
