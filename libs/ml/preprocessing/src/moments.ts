export interface Moments {
  mean: Float64Array;
  /** Population variance: divided by n, not n − 1, as scikit-learn's StandardScaler does. */
  variance: Float64Array;
}

/**
 * Mean and variance of each of the channels that lie next to each other in `values`, by Welford's method in double
 * precision, so that large means don't drown small variances.
 */
export function channelMoments(values: Float32Array | Uint8Array, channels: number): Moments {
  const mean = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const rows = values.length / channels;
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[row * channels + channel] as number;
      const away = value - (mean[channel] as number);
      mean[channel] = (mean[channel] as number) + away / (row + 1);
      squares[channel] = (squares[channel] as number) + away * (value - (mean[channel] as number));
    }
  }
  return { mean, variance: squares.map((sum) => sum / rows) };
}
