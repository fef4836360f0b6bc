import type { Padding } from '@modelyard/contracts';
import type { AttributeValue } from '../graph/graph-builder';

/** A window that slides over the height and width of an image. */
export interface Window {
  size: readonly [number, number];
  strides: readonly [number, number];
  dilation: readonly [number, number];
  padding: Padding;
}

export interface PlacedWindow {
  /** [height, width] of what the window gives. */
  output: [number, number];
  /** ONNX's order: [top, left, bottom, right]. */
  pads: [number, number, number, number];
}

/**
 * Where TensorFlow puts the window. With `same` the output is ⌈input / stride⌉ and an odd padding has its larger half
 * at the bottom and right; with `valid` nothing is padded.
 * Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 */
export function placeWindow(height: number, width: number, window: Window): PlacedWindow {
  const rows = placeAlong(height, window, 0);
  const columns = placeAlong(width, window, 1);
  return {
    output: [rows.output, columns.output],
    pads: [rows.before, columns.before, rows.after, columns.after],
  };
}

/** The attributes of ONNX's Conv, MaxPool and AveragePool for the placed window. */
export function windowAttributes(window: Window, placed: PlacedWindow): Record<string, AttributeValue> {
  return { kernel_shape: [...window.size], pads: placed.pads, strides: [...window.strides] };
}

function placeAlong(
  input: number,
  window: Window,
  axis: 0 | 1,
): { output: number; before: number; after: number } {
  const stride = window.strides[axis];
  const extent = (window.size[axis] - 1) * window.dilation[axis] + 1;
  if (window.padding === 'valid')
    return { output: Math.ceil((input - extent + 1) / stride), before: 0, after: 0 };
  const output = Math.ceil(input / stride);
  const total = Math.max(0, (output - 1) * stride + extent - input);
  const before = Math.floor(total / 2);
  return { output, before, after: total - before };
}
