import { exportNetwork } from '@modelyard/ml-onnx';
import type { LayersTopology, NamedWeights, Signature } from '@modelyard/contracts';

/** Two numbers in, three classes out, as a logistic regression: softmax(x · kernel + bias), for which answers are easily known. */
export const tableSignature: Signature = {
  inputs: [{ name: 'input', dtype: 'float32', shape: [-1, 2], columns: ['width', 'height'] }],
  outputs: [{ name: 'probabilities', dtype: 'float32', shape: [-1, 3] }],
  task: 'tabular-classification',
  classes: ['small', 'middle', 'large'],
};

/** 2 × 2 grey pixels from 0 to 16; class k is likely when pixel k is bright. */
export const imageSignature: Signature = {
  inputs: [{ name: 'input', dtype: 'float32', shape: [-1, 2, 2, 1], minimum: 0, maximum: 16 }],
  outputs: [{ name: 'probabilities', dtype: 'float32', shape: [-1, 4] }],
  task: 'image-classification',
  classes: ['0', '1', '2', '3'],
};

/** @param bias moves the answers, so that one version can be told from another */
export function tableModel(bias: [number, number, number] = [0, 0, 0]): Buffer {
  return exportTiny(tableSignature, [2], [1, 0, 0, 0, 0, 1], bias);
}

export function imageModel(): Buffer {
  const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  return exportTiny(imageSignature, [2, 2, 1], identity, [0, 0, 0, 0]);
}

/** What `tableModel` gives for one row. */
export function tableAnswer(row: [number, number], bias: [number, number, number] = [0, 0, 0]): number[] {
  const logits = [row[0] + bias[0], bias[1], row[1] + bias[2]];
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function exportTiny(signature: Signature, inputShape: number[], kernel: number[], bias: number[]): Buffer {
  const classes = signature.classes.length;
  const values = kernel.length / classes;
  const topology: LayersTopology = {
    inputShape,
    classes,
    layers: [
      { type: 'flatten', name: 'flat', inputs: ['input'], inputShapes: [inputShape], outputShape: [values] },
      {
        type: 'dense',
        name: 'answer',
        inputs: ['flat'],
        units: classes,
        activation: 'softmax',
        useBias: true,
        l2: 0,
        inputShapes: [[values]],
        outputShape: [classes],
      },
    ],
  };
  const weights: NamedWeights = new Map([
    ['answer/kernel', { shape: [values, classes], data: Float32Array.from(kernel) }],
    ['answer/bias', { shape: [classes], data: Float32Array.from(bias) }],
  ]);
  return exportNetwork({ topology, weights, signature, producer: { name: 'spec', version: '1' } });
}
