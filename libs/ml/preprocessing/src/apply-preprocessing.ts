import type { FittedPreprocessing } from '@modelyard/contracts';

/**
 * y = x · scale + offset for each channel or column, in float32 with a rounding after each operation, as the exported graph
 * computes it.
 *
 * @param values samples × product(featureShape); not changed
 * @throws RangeError when the preprocessing was fitted for another number of channels, or values make no whole samples
 */
export function applyPreprocessing(
  fitted: FittedPreprocessing,
  values: Float32Array,
  featureShape: readonly number[],
): Float32Array {
  const channels = featureShape.at(-1) ?? 0;
  if (fitted.scale.length !== channels || fitted.offset.length !== channels) {
    throw new RangeError(
      `Preprocessing for ${fitted.scale.length} channels cannot be applied to ${channels}`,
    );
  }
  if (values.length % channels !== 0) {
    throw new RangeError(`${values.length} values do not make samples of [${featureShape.join(', ')}]`);
  }
  const result = new Float32Array(values.length);
  for (let i = 0; i < values.length; i += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const scaled = Math.fround((values[i + channel] as number) * (fitted.scale[channel] as number));
      result[i + channel] = scaled + (fitted.offset[channel] as number);
    }
  }
  return result;
}
