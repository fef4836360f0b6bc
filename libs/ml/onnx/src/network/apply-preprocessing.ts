import type { FittedPreprocessing } from '@modelyard/contracts';
import { ExportError } from '../export-error';
import type { GraphBuilder } from '../graph/graph-builder';
import type { Value } from '../graph/value';

const STAGE = 'preprocessing';

/**
 * Adds y = x · scale + offset on the last axis; a factor of 1 and an offset of 0 are left out.
 * @throws ExportError when there isn't one finite scale and offset per channel or column
 */
export function applyPreprocessing(
  graph: GraphBuilder,
  input: Value,
  preprocessing: FittedPreprocessing,
): Value {
  if (preprocessing.kind !== 'affine') {
    throw new ExportError(`Preprocessing of kind "${String(preprocessing.kind)}" has no form in ONNX`);
  }
  const channels = input.shape.at(-1) as number;
  const constant = (name: 'scale' | 'offset'): Float32Array => {
    const values = Float32Array.from(preprocessing[name]);
    if (values.length === channels && values.every(Number.isFinite)) return values;
    throw new ExportError(
      `Preprocessing: "${name}" needs ${channels} finite numbers, one per channel or column`,
    );
  };
  const scale = constant('scale');
  const offset = constant('offset');
  let { tensor } = input;
  if (scale.some((value) => value !== 1)) {
    tensor = graph.node(STAGE, 'Mul', [tensor, graph.floats(`${STAGE}/scale`, [channels], scale)]);
  }
  if (offset.some((value) => value !== 0)) {
    tensor = graph.node(STAGE, 'Add', [tensor, graph.floats(`${STAGE}/offset`, [channels], offset)]);
  }
  return { ...input, tensor };
}
