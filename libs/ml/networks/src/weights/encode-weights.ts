import type { NamedWeights } from '@modelyard/contracts';

/** Where each weight lies in the binary file: what `weights.json` of a model package holds. */
export interface WeightsManifest {
  format: 'modelyard-weights/1';
  /** Total length of the binary file. */
  bytes: number;
  weights: { name: string; dtype: 'float32'; shape: number[]; offset: number }[];
}

/** Packs weights one after the other, as little-endian 32-bit floats, in the order of the map. */
export function encodeWeights(weights: NamedWeights): { bin: Buffer; manifest: WeightsManifest } {
  const entries: WeightsManifest['weights'] = [];
  let bytes = 0;
  for (const [name, { shape, data }] of weights) {
    entries.push({ name, dtype: 'float32', shape: [...shape], offset: bytes });
    bytes += data.length * 4;
  }
  const bin = Buffer.alloc(bytes);
  for (const { name, offset } of entries)
    writeFloats(bin, offset, weights.get(name)?.data ?? new Float32Array());
  return { bin, manifest: { format: 'modelyard-weights/1', bytes, weights: entries } };
}

/**
 * Reads what `encodeWeights` wrote. The arrays are copies: they do not keep the file's buffer alive.
 * @throws Error when the manifest is not one of ours, or does not fit the file
 */
export function decodeWeights(bin: Buffer, manifest: unknown): NamedWeights {
  const { bytes, weights } = checkManifest(manifest);
  if (bin.length !== bytes)
    throw new Error(`The weights have ${bin.length} bytes, and the manifest says ${bytes}`);
  return new Map(
    weights.map(({ name, shape, offset }) => {
      const length = shape.reduce((product, axis) => product * axis, 1);
      if (offset + length * 4 > bin.length)
        throw new Error(`The weight ${name} goes past the end of the file`);
      return [name, { shape, data: readFloats(bin, offset, length) }];
    }),
  );
}

function checkManifest(manifest: unknown): WeightsManifest {
  const candidate = manifest as Partial<WeightsManifest> | null;
  if (candidate?.format !== 'modelyard-weights/1' || !Array.isArray(candidate.weights)) {
    throw new Error('This is no manifest of weights of the format modelyard-weights/1');
  }
  return candidate as WeightsManifest;
}

function writeFloats(target: Buffer, offset: number, values: Float32Array): void {
  const view = new DataView(target.buffer, target.byteOffset + offset, values.length * 4);
  values.forEach((value, index) => view.setFloat32(index * 4, value, true));
}

function readFloats(source: Buffer, offset: number, length: number): Float32Array {
  const view = new DataView(source.buffer, source.byteOffset + offset, length * 4);
  return Float32Array.from({ length }, (_, index) => view.getFloat32(index * 4, true));
}
