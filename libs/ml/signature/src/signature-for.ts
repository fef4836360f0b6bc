import { ONNX_NAMES } from '@modelyard/contracts';
import type { DatasetSchema, Signature } from '@modelyard/contracts';

/**
 * The signature of a classifier trained on samples of this schema: one float32 input [−1, …sample shape] and one
 * float32 output [−1, classes] of probabilities.
 *
 * Bounds are carried over for images only. A pixel outside them is a mistake in scaling (0–255 sent to a model
 * of 0–16); a table's column may well leave the range that it had in training.
 */
export function signatureFor(schema: DatasetSchema): Signature {
  const image = schema.kind === 'image';
  return {
    inputs: [
      {
        name: ONNX_NAMES.input,
        dtype: 'float32',
        shape: [-1, ...schema.shape],
        ...(image ? { minimum: schema.minimum, maximum: schema.maximum } : {}),
        ...(schema.columns === undefined ? {} : { columns: [...schema.columns] }),
      },
    ],
    outputs: [{ name: ONNX_NAMES.probabilities, dtype: 'float32', shape: [-1, schema.classes.length] }],
    task: image ? 'image-classification' : 'tabular-classification',
    classes: [...schema.classes],
  };
}
