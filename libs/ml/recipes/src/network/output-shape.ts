import type { LayerSpec } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import { slide } from './window';

/** What is wrong with a layer on its inputs: `key` is the layer's field that is to blame, if one is. */
export interface ShapeProblem {
  key?: string;
  message: string;
}

/**
 * The shape of one sample behind a layer, given the shapes before it. Images are [height, width, channels].
 * @param classes what `units: classes` stands for
 */
export function outputShape(layer: LayerSpec, inputs: number[][], classes: number): number[] | ShapeProblem {
  const input = inputs[0] as number[];
  switch (layer.type) {
    case 'dense':
      if (input.length !== 1) {
        return {
          message: `dense takes a vector, and its input is [${input.join(', ')}]; put a flatten layer before it`,
        };
      }
      return [layer.units === 'classes' ? classes : layer.units];
    case 'conv2d':
    case 'separableConv2d':
    case 'depthwiseConv2d':
      return convolved(layer, input);
    case 'maxPooling2d':
    case 'averagePooling2d': {
      if (!isImage(input)) return needsImage(layer.type, input);
      const size = slide([input[0], input[1]], layer.poolSize, layer.strides, layer.padding);
      return typeof size === 'string' ? { key: 'poolSize', message: size } : [...size, input[2]];
    }
    case 'globalMaxPooling2d':
    case 'globalAveragePooling2d':
      return isImage(input) ? [input[2]] : needsImage(layer.type, input);
    case 'batchNormalization':
    case 'dropout':
    case 'activation':
      return [...input];
    case 'flatten':
      return [product(input)];
    case 'reshape':
      return reshaped(layer.targetShape, input);
    case 'add':
      return added(inputs);
    case 'concatenate':
      return concatenated(inputs);
    case 'zeroPadding2d': {
      if (!isImage(input)) return needsImage(layer.type, input);
      const [[top, bottom], [left, right]] = layer.padding;
      return [input[0] + top + bottom, input[1] + left + right, input[2]];
    }
    case 'upSampling2d':
      if (!isImage(input)) return needsImage(layer.type, input);
      return [input[0] * layer.size[0], input[1] * layer.size[1], input[2]];
  }
}

type ConvolutionLayer = Extract<LayerSpec, { type: 'conv2d' | 'separableConv2d' | 'depthwiseConv2d' }>;

function convolved(layer: ConvolutionLayer, input: number[]): number[] | ShapeProblem {
  if (!isImage(input)) return needsImage(layer.type, input);
  const { strides } = layer;
  const dilation: [number, number] = layer.type === 'conv2d' ? layer.dilation : [1, 1];
  if (layer.type === 'conv2d' && Math.max(...dilation) > 1 && Math.max(...strides) > 1) {
    return { key: 'dilation', message: 'and strides cannot both be above 1' };
  }
  if (layer.type !== 'conv2d' && strides[0] !== strides[1]) {
    return { key: 'strides', message: `must be equal in both directions for ${layer.type}` };
  }
  const size = slide([input[0], input[1]], layer.kernelSize, strides, layer.padding, dilation);
  if (typeof size === 'string') return { key: 'kernelSize', message: size };
  return [...size, layer.type === 'depthwiseConv2d' ? input[2] * layer.depthMultiplier : layer.filters];
}

function reshaped(target: number[], input: number[]): number[] | ShapeProblem {
  const known = product(target.filter((side) => side !== -1));
  const total = product(input);
  const open = target.filter((side) => side === -1).length;
  if (open > 1) return { key: 'targetShape', message: 'may hold −1 only once' };
  if (open === 1 ? total % known !== 0 : total !== known) {
    return {
      key: 'targetShape',
      message: `[${target.join(', ')}] does not hold the ${total} values of [${input.join(', ')}]`,
    };
  }
  return target.map((side) => (side === -1 ? total / known : side));
}

function added(inputs: number[][]): number[] | ShapeProblem {
  const first = inputs[0] as number[];
  if (inputs.every((shape) => sameShape(shape, first))) return [...first];
  return { key: 'inputs', message: `have different shapes: ${shapesText(inputs)}; add needs equal ones` };
}

function concatenated(inputs: number[][]): number[] | ShapeProblem {
  const first = inputs[0] as number[];
  const outer = first.slice(0, -1);
  if (!inputs.every((shape) => shape.length === first.length && sameShape(shape.slice(0, -1), outer))) {
    const message = `differ in more than the last dimension: ${shapesText(inputs)}; concatenate joins along the last`;
    return { key: 'inputs', message };
  }
  return [...outer, inputs.reduce((sum, shape) => sum + (shape.at(-1) as number), 0)];
}

function isImage(shape: number[]): shape is [number, number, number] {
  return shape.length === 3;
}

function needsImage(type: string, input: number[]): ShapeProblem {
  return {
    message: `${type} takes images [height, width, channels], and its input is [${input.join(', ')}]`,
  };
}

function sameShape(a: number[], b: number[]): boolean {
  return a.length === b.length && a.every((side, i) => side === b[i]);
}

function shapesText(shapes: number[][]): string {
  return shapes.map((shape) => `[${shape.join(', ')}]`).join(', ');
}
