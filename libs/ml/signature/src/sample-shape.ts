import type { Signature, TensorSpec } from '@modelyard/contracts';

/**
 * @returns the model's only input
 * @throws Error when the signature has no input or more than one: such models are not served by this codec
 */
export function onlyInput(signature: Signature): TensorSpec {
  const [input, ...others] = signature.inputs;
  if (input === undefined || others.length > 0) {
    throw new Error(`the signature has ${signature.inputs.length} inputs, expected exactly one`);
  }
  return input;
}

/**
 * The shape of one sample: the input's shape without the batch. Images: [height, width, channels]; tables: [columns].
 * @throws Error when a dimension besides the batch is variable
 */
export function sampleShapeOf(signature: Signature): number[] {
  const { name, shape } = onlyInput(signature);
  const sample = shape.slice(1);
  if (sample.some((size) => size < 1)) {
    throw new Error(`input \`${name}\` has a variable shape [${shape.join(', ')}]: only the batch may vary`);
  }
  return sample;
}
