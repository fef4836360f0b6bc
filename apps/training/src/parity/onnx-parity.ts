import { ONNX_NAMES } from '@modelyard/contracts';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const ROWS_PER_RUN = 256;

/**
 * Runs an exported model in ONNX Runtime, which is what will serve it, and compares with the trained one.
 * @param values raw samples, as users send them: rows × product(shape)
 * @param shape of one sample
 * @param expected the trained network's probabilities: rows × classes
 * @returns the largest absolute difference of two probabilities; NaN when the exported model gives one
 * @throws Error when ONNX Runtime does not load or run the model
 */
export async function largestDifference(
  onnx: Buffer,
  values: Float32Array | Uint8Array,
  shape: number[],
  expected: Float32Array,
): Promise<number> {
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    const size = shape.reduce((a, b) => a * b, 1);
    const rows = values.length / size;
    const classes = expected.length / rows;
    let largest = 0;
    for (let from = 0; from < rows; from += ROWS_PER_RUN) {
      const to = Math.min(from + ROWS_PER_RUN, rows);
      const input = new Tensor('float32', new Float32Array(values.subarray(from * size, to * size)), [
        to - from,
        ...shape,
      ]);
      const output = (await session.run({ [ONNX_NAMES.input]: input }))[ONNX_NAMES.probabilities];
      if (output === undefined) throw new Error(`The model has no output \`${ONNX_NAMES.probabilities}\`.`);
      largest = Math.max(largest, differenceOf(output.data as Float32Array, expected, from * classes));
    }
    return largest;
  } finally {
    await session.release();
  }
}

function differenceOf(actual: Float32Array, expected: Float32Array, offset: number): number {
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[offset + i]!);
    // Every comparison with NaN is false, so without this a broken model would pass.
    if (Number.isNaN(difference)) return NaN;
    if (difference > largest) largest = difference;
  }
  return largest;
}
