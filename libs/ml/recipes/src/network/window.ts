import type { Padding } from '@modelyard/contracts';

type Pair = readonly [number, number];

/**
 * Height and width that a sliding window leaves: `same` gives ⌈size / stride⌉, `valid` gives
 * ⌊(size − reach) / stride⌋ + 1, where reach = (window − 1) · dilation + 1. As in TensorFlow.
 *
 * @returns a problem as text when no whole window fits
 */
export function slide(
  size: Pair,
  window: Pair,
  strides: Pair,
  padding: Padding,
  dilation: Pair = [1, 1],
): [number, number] | string {
  if (padding === 'same') return [Math.ceil(size[0] / strides[0]), Math.ceil(size[1] / strides[1])];
  const reach = [0, 1].map((i) => ((window[i] as number) - 1) * (dilation[i] as number) + 1) as [
    number,
    number,
  ];
  if (reach[0] > size[0] || reach[1] > size[1]) {
    return `a window of ${reach.join(' × ')} does not fit into ${size.join(' × ')}; use padding "same" or a smaller one`;
  }
  return [
    Math.floor((size[0] - reach[0]) / strides[0]) + 1,
    Math.floor((size[1] - reach[1]) / strides[1]) + 1,
  ];
}
