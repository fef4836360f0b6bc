import type { InputExample } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import type { LoadedModel } from './loaded-model';

/**
 * Ten times what the exporter allows between the trained and the exported model: another processor
 * rounds differently, a wrong model is off by far more.
 */
export const SERVING_TOLERANCE = 1e-4;

/**
 * Runs the package's own examples and compares the answers with those that the trained model gave.
 * @returns the largest absolute difference
 * @throws Error saying what differs: this version must not serve
 */
export async function verifyExample(model: LoadedModel, example: InputExample): Promise<number> {
  const rows = example.inputs.length;
  const size = product(model.sampleShape);
  if (
    rows === 0 ||
    example.probabilities.length !== rows ||
    example.inputs.some((input) => input.length !== size)
  ) {
    throw new Error(
      `the input example does not fit the signature: expected samples of ${size} values with answers`,
    );
  }
  const answers = await model.run(Float32Array.from(example.inputs.flat()), rows);
  const expected = example.probabilities.flat();
  if (answers.length !== expected.length) {
    throw new Error(
      `the model gives ${answers.length / rows} probabilities, expected ${expected.length / rows}`,
    );
  }
  let largest = 0;
  for (let index = 0; index < expected.length; index += 1) {
    const difference = Math.abs((answers[index] as number) - (expected[index] as number));
    // Written so that NaN fails too.
    if (!(difference <= SERVING_TOLERANCE)) {
      const sample = Math.floor(index / model.classes.length);
      throw new Error(
        `the answer to example ${sample} is off by ${difference.toPrecision(3)}, at most ${SERVING_TOLERANCE} is allowed`,
      );
    }
    largest = Math.max(largest, difference);
  }
  return largest;
}
