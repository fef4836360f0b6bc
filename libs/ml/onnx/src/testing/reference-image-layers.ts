import type { Padding } from '@modelyard/contracts';

/** One image: values in the order of TensorFlow, [height, width, channels]. */
export interface Image {
  shape: [number, number, number];
  values: number[];
}

type Pair = readonly [number, number];

/**
 * The layers of images straight from their definitions, one output value at a time and in float64. Slow on purpose:
 * nothing here is shared with the exporter.
 */
export function at(image: Image, row: number, column: number, channel: number): number | undefined {
  const [height, width, channels] = image.shape;
  if (row < 0 || row >= height || column < 0 || column >= width) return undefined;
  return image.values[(row * width + column) * channels + channel];
}

export function makeImage(
  shape: [number, number, number],
  value: (row: number, column: number, channel: number) => number,
): Image {
  const values: number[] = [];
  for (let row = 0; row < shape[0]; row++) {
    for (let column = 0; column < shape[1]; column++) {
      for (let channel = 0; channel < shape[2]; channel++) values.push(value(row, column, channel));
    }
  }
  return { shape, values };
}

/** How many windows fit, and where the first one begins: TensorFlow's rule, written as its documentation does. */
export function slide(
  size: number,
  window: number,
  stride: number,
  padding: Padding,
): { count: number; start: number } {
  if (padding === 'valid') {
    let count = 0;
    while (count * stride + window <= size) count += 1;
    return { count, start: 0 };
  }
  const count = size % stride === 0 ? size / stride : (size - (size % stride)) / stride + 1;
  const missing = size % stride === 0 ? Math.max(window - stride, 0) : Math.max(window - (size % stride), 0);
  return { count, start: -((missing - (missing % 2)) / 2) };
}

/** Every value under a window, and undefined for the padding. */
function gather(
  image: Image,
  window: Pair,
  strides: Pair,
  dilation: Pair,
  padding: Padding,
  combine: (read: (i: number, j: number, channel: number) => number | undefined, channel: number) => number,
  channels: number,
): Image {
  const rows = slide(image.shape[0], (window[0] - 1) * dilation[0] + 1, strides[0], padding);
  const columns = slide(image.shape[1], (window[1] - 1) * dilation[1] + 1, strides[1], padding);
  return makeImage([rows.count, columns.count, channels], (row, column, channel) =>
    combine(
      (i, j, from) =>
        at(
          image,
          row * strides[0] + rows.start + i * dilation[0],
          column * strides[1] + columns.start + j * dilation[1],
          from,
        ),
      channel,
    ),
  );
}

export interface ConvolutionOptions {
  kernelSize: Pair;
  strides: Pair;
  dilation: Pair;
  padding: Padding;
}

/** @param kernel [height, width, in, out] @param bias [out] */
export function convolve(
  image: Image,
  kernel: ArrayLike<number>,
  bias: ArrayLike<number>,
  { kernelSize, strides, dilation, padding }: ConvolutionOptions,
): Image {
  const [inputs, outputs] = [image.shape[2], bias.length];
  return gather(
    image,
    kernelSize,
    strides,
    dilation,
    padding,
    (read, out) => {
      let sum = bias[out] ?? 0;
      for (let i = 0; i < kernelSize[0]; i++) {
        for (let j = 0; j < kernelSize[1]; j++) {
          for (let c = 0; c < inputs; c++) {
            sum +=
              (read(i, j, c) ?? 0) * (kernel[((i * kernelSize[1] + j) * inputs + c) * outputs + out] ?? NaN);
          }
        }
      }
      return sum;
    },
    outputs,
  );
}

/** @param kernel [height, width, in, multiplier] @param bias [in × multiplier] */
export function convolveDepthwise(
  image: Image,
  kernel: ArrayLike<number>,
  bias: ArrayLike<number>,
  { kernelSize, strides, dilation, padding }: ConvolutionOptions,
): Image {
  const inputs = image.shape[2];
  const multiplier = bias.length / inputs;
  return gather(
    image,
    kernelSize,
    strides,
    dilation,
    padding,
    (read, out) => {
      const [c, m] = [Math.floor(out / multiplier), out % multiplier];
      let sum = bias[out] ?? 0;
      for (let i = 0; i < kernelSize[0]; i++) {
        for (let j = 0; j < kernelSize[1]; j++) {
          sum +=
            (read(i, j, c) ?? 0) * (kernel[((i * kernelSize[1] + j) * inputs + c) * multiplier + m] ?? NaN);
        }
      }
      return sum;
    },
    bias.length,
  );
}

/** The maximum or the mean of the values under each window; the padding counts for neither. */
export function pool(
  image: Image,
  kind: 'max' | 'average',
  size: Pair,
  strides: Pair,
  padding: Padding,
): Image {
  return gather(
    image,
    size,
    strides,
    [1, 1],
    padding,
    (read, channel) => {
      const values: number[] = [];
      for (let i = 0; i < size[0]; i++) {
        for (let j = 0; j < size[1]; j++) {
          const value = read(i, j, channel);
          if (value !== undefined) values.push(value);
        }
      }
      if (kind === 'max') return Math.max(...values);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    },
    image.shape[2],
  );
}

/** Output pixel i reads at i / factor, between the pixel there and the next one. */
export function upSample(image: Image, [rows, columns]: Pair, interpolation: 'nearest' | 'bilinear'): Image {
  const [height, width, channels] = image.shape;
  const between = (a: number, b: number, share: number): number => a + (b - a) * share;
  return makeImage([height * rows, width * columns, channels], (row, column, channel) => {
    const [top, left] = [Math.floor(row / rows), Math.floor(column / columns)];
    const read = (r: number, c: number): number =>
      at(image, Math.min(r, height - 1), Math.min(c, width - 1), channel) ?? NaN;
    if (interpolation === 'nearest') return read(top, left);
    const [down, right] = [row / rows - top, column / columns - left];
    return between(
      between(read(top, left), read(top, left + 1), right),
      between(read(top + 1, left), read(top + 1, left + 1), right),
      down,
    );
  });
}
