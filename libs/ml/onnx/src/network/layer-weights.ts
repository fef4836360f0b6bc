import type { NamedWeights, WeightTensor } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import { ExportError } from '../export-error';

/** Reads a layer's weights and checks that they have the shape that its description asks for. */
export class LayerWeights {
  constructor(private readonly weights: NamedWeights) {}

  /** @throws ExportError when the weight is absent, or its shape or length is another, or a value isn't finite */
  read(layer: string, name: string, shape: readonly number[]): WeightTensor {
    const found = this.weights.get(`${layer}/${name}`);
    if (found === undefined) throw new ExportError(`its weight "${name}" is missing`, layer);
    if (found.shape.length !== shape.length || found.shape.some((size, axis) => size !== shape[axis])) {
      throw new ExportError(
        `its weight "${name}" has shape [${found.shape.join(', ')}], expected [${shape.join(', ')}]`,
        layer,
      );
    }
    const size = product(shape);
    if (found.data.length !== size) {
      throw new ExportError(
        `its weight "${name}" holds ${found.data.length} values, expected ${size}`,
        layer,
      );
    }
    if (!found.data.every(Number.isFinite))
      throw new ExportError(`its weight "${name}" holds NaN or Infinity`, layer);
    return found;
  }
}
