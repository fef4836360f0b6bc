import type { FittedPreprocessing, PreprocessingStep } from '@modelyard/contracts';
import { channelMoments } from './moments';
import type { Moments } from './moments';

/**
 * Fits preprocessing on the training split, and composes all steps into one map y = x · scale + offset for each channel of
 * images ([height, width, channels]) or column of tables ([columns]).
 *
 * - `rescale`: y = x · scale + offset.
 * - `standardize`: y = (x − mean) / √(variance + epsilon), mean and variance (over n) of the training values as they come
 *   out of the steps before. A channel that is constant there is only centred: to divide by √epsilon would blow the least
 *   deviation up later.
 *
 * Scale and offset are rounded to float32, because that is how the exported graph holds them.
 *
 * @param values the training split, samples × product(featureShape)
 * @throws RangeError when there is nothing to fit on, or a channel's result is not finite
 */
export function fitPreprocessing(
  steps: readonly PreprocessingStep[],
  values: Float32Array | Uint8Array,
  featureShape: readonly number[],
): FittedPreprocessing {
  const channels = featureShape.at(-1) ?? 0;
  if (channels < 1 || values.length % channels !== 0) {
    throw new RangeError(`${values.length} values do not make samples of [${featureShape.join(', ')}]`);
  }
  const needsMoments = steps.some(({ type }) => type === 'standardize');
  if (needsMoments && values.length === 0)
    throw new RangeError('There are no training samples to standardize by');
  const moments = needsMoments ? channelMoments(values, channels) : undefined;
  const maps = Array.from({ length: channels }, (_, channel) => compose(steps, channel, moments));
  return { kind: 'affine', scale: maps.map(({ scale }) => scale), offset: maps.map(({ offset }) => offset) };
}

function compose(steps: readonly PreprocessingStep[], channel: number, moments: Moments | undefined): Affine {
  let map: Affine = { scale: 1, offset: 0 };
  for (const step of steps) {
    map =
      step.type === 'rescale'
        ? after(map, step)
        : after(map, standardizing(map, step.epsilon, channel, moments));
  }
  const rounded = { scale: Math.fround(map.scale), offset: Math.fround(map.offset) };
  if (!Number.isFinite(rounded.scale) || !Number.isFinite(rounded.offset)) {
    throw new RangeError(`Preprocessing of channel ${channel} is not finite in float32`);
  }
  return rounded;
}

interface Affine {
  scale: number;
  offset: number;
}

/** `second` behind `first`, as one map. */
function after(first: Affine, second: Affine): Affine {
  return { scale: first.scale * second.scale, offset: first.offset * second.scale + second.offset };
}

/** What standardizes values that `map` has gone over: their moments follow from those of the raw ones. */
function standardizing(map: Affine, epsilon: number, channel: number, moments: Moments | undefined): Affine {
  const rawMean = moments?.mean[channel] ?? 0;
  const rawVariance = moments?.variance[channel] ?? 0;
  const mean = map.scale * rawMean + map.offset;
  const isConstant = rawVariance <= (rawMean * FLOAT32_EPSILON) ** 2;
  const scale = isConstant ? 1 : 1 / Math.sqrt(map.scale ** 2 * rawVariance + epsilon);
  return { scale, offset: -mean * scale };
}

/** Deviations of float32 values below this share of their mean are rounding. */
const FLOAT32_EPSILON = 2 ** -24;
