import * as fc from 'fast-check';
import { noisy, noisyImage, singleLayer } from './testing/random-layer';
import { convolve, convolveDepthwise, pool, upSample } from './testing/reference-image-layers';
import type { Image } from './testing/reference-image-layers';
import { exportBare, largestDifference, runModel } from './testing/run-network';
import type { BareNetwork } from './testing/run-network';

const small = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });
const pair = (most: number): fc.Arbitrary<[number, number]> => fc.tuple(small(most), small(most));
const window = {
  size: fc.tuple(small(9), small(9), small(3)),
  padding: fc.constantFrom('same' as const, 'valid' as const),
  strides: pair(4),
  seed: fc.nat(1000),
};
const convolution = { ...window, kernelSize: pair(5), dilation: pair(3), useBias: fc.boolean() };

async function expectSame(network: BareNetwork, image: Image, expected: Image): Promise<void> {
  const answer = await runModel(exportBare(network), 1, image.shape, Float32Array.from(image.values));
  expect(largestDifference(answer, expected.values)).toBeLessThan(1e-5);
}

function fits(size: readonly number[], extent: readonly number[], padding: string): boolean {
  return padding === 'same' || ((size[0] ?? 0) >= (extent[0] ?? 0) && (size[1] ?? 0) >= (extent[1] ?? 0));
}

describe('for any shape, stride, padding and dilation', () => {
  it('conv2d answers as its definition', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ ...convolution, filters: small(4) }), async (drawn) => {
        const { size, kernelSize, dilation, padding, filters, useBias, seed } = drawn;
        fc.pre(
          fits(size, [(kernelSize[0] - 1) * dilation[0] + 1, (kernelSize[1] - 1) * dilation[1] + 1], padding),
        );
        const image = noisyImage(size, seed);
        const kernel = noisy([...kernelSize, size[2], filters], seed + 1);
        const bias = noisy([filters], seed + 2);
        const expected = convolve(image, kernel.data, useBias ? bias.data : new Float32Array(filters), drawn);
        const layer = { type: 'conv2d' as const, activation: 'linear' as const, l2: 0, ...drawn };
        await expectSame(singleLayer(layer, size, expected.shape, { kernel, bias }), image, expected);
      }),
      { numRuns: 40 },
    );
  });

  it('depthwiseConv2d answers as its definition', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ ...convolution, depthMultiplier: small(3) }), async (drawn) => {
        const { size, kernelSize, padding, depthMultiplier, useBias, seed } = drawn;
        fc.pre(fits(size, kernelSize, padding));
        const image = noisyImage(size, seed);
        const kernel = noisy([...kernelSize, size[2], depthMultiplier], seed + 1);
        const bias = noisy([size[2] * depthMultiplier], seed + 2);
        const expected = convolveDepthwise(
          image,
          kernel.data,
          useBias ? bias.data : new Float32Array(bias.data.length),
          {
            ...drawn,
            dilation: [1, 1],
          },
        );
        const layer = { type: 'depthwiseConv2d' as const, activation: 'linear' as const, ...drawn };
        await expectSame(
          singleLayer(layer, size, expected.shape, { depthwiseKernel: kernel, bias }),
          image,
          expected,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('separableConv2d answers as a depthwise and a 1 × 1 convolution', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ...convolution, depthMultiplier: small(2), filters: small(3) }),
        async (drawn) => {
          const { size, kernelSize, padding, depthMultiplier, filters, seed } = drawn;
          fc.pre(fits(size, kernelSize, padding));
          const image = noisyImage(size, seed);
          const channels = size[2] * depthMultiplier;
          const depthwiseKernel = noisy([...kernelSize, size[2], depthMultiplier], seed + 1);
          const pointwiseKernel = noisy([1, 1, channels, filters], seed + 2);
          const bias = noisy([filters], seed + 3);
          const unit = { kernelSize: [1, 1], strides: [1, 1], dilation: [1, 1], padding: 'valid' } as const;
          const inner = convolveDepthwise(image, depthwiseKernel.data, new Float32Array(channels), {
            ...drawn,
            dilation: [1, 1],
          });
          const expected = convolve(inner, pointwiseKernel.data, bias.data, unit);
          const layer = {
            type: 'separableConv2d' as const,
            activation: 'linear' as const,
            ...drawn,
            useBias: true,
          };
          const weights = { depthwiseKernel, pointwiseKernel, bias };
          await expectSame(singleLayer(layer, size, expected.shape, weights), image, expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('pooling takes the values under the window, and no padding', async () => {
    const kinds = fc.constantFrom('max' as const, 'average' as const);
    await fc.assert(
      fc.asyncProperty(fc.record({ ...window, poolSize: pair(5), kind: kinds }), async (drawn) => {
        const { size, poolSize, padding, strides, kind, seed } = drawn;
        fc.pre(fits(size, poolSize, padding));
        const image = noisyImage(size, seed);
        const expected = pool(image, kind, poolSize, strides, padding);
        const type = kind === 'max' ? ('maxPooling2d' as const) : ('averagePooling2d' as const);
        const layer = { type, poolSize, strides, padding };
        await expectSame(singleLayer(layer, size, expected.shape), image, expected);
      }),
      { numRuns: 50 },
    );
  });

  it('upSampling2d reads output pixel i at i / size', async () => {
    const interpolations = fc.constantFrom('nearest' as const, 'bilinear' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ...window, factor: pair(5), interpolation: interpolations }),
        async (drawn) => {
          const image = noisyImage(drawn.size, drawn.seed);
          const expected = upSample(image, drawn.factor, drawn.interpolation);
          const layer = {
            type: 'upSampling2d' as const,
            size: drawn.factor,
            interpolation: drawn.interpolation,
          };
          await expectSame(singleLayer(layer, drawn.size, expected.shape), image, expected);
        },
      ),
      { numRuns: 40 },
    );
  });
});
