import type { LayersTopology, NamedWeights } from '@modelyard/contracts';
import { SeededGenerator } from '@modelyard/ml-statistics';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { fullName, weightsOf } from '../network/layer-weights';
import { forward } from '../network/network';
import type { Operations } from '../operations/operations';

const SEEDS = [11, 12] as const;

/** Weights that no gradient test can pass by symmetry: all of them random, moving values too. */
export function randomWeights(topology: LayersTopology): NamedWeights {
  const generator = new SeededGenerator('random weights');
  return new Map(
    topology.layers.flatMap((layer) =>
      weightsOf(layer).map(({ name, shape }) => {
        const length = shape.reduce((product, axis) => product * axis, 1);
        const data = Float32Array.from({ length }, () => 0.1 + 0.4 * generator.next());
        return [fullName(layer, name), { shape, data }] as const;
      }),
    ),
  );
}

interface Pass {
  topology: LayersTopology;
  operations: Operations;
  weights: NamedWeights;
  /** [rows, …shape] */
  input: { values: Float32Array; shape: number[] };
  labels: Int32Array;
}

/** The training loss at some weights. */
export function lossOf(pass: Pass): number {
  return tf.tidy(() => {
    const input = tf.tensor(pass.input.values, pass.input.shape);
    return lossAt(pass, tensorsOf(pass.weights), input).dataSync()[0] as number;
  });
}

/** The gradient of the training loss by every trained weight and by `input`. */
export function gradientsOf(pass: Pass): Map<string, Float32Array> {
  const fixed = tensorsOf(pass.weights);
  const names = trainedNames(pass.topology);
  const input = tf.tensor(pass.input.values, pass.input.shape);
  const differentiate = tf.grads((x: Tensor, ...values: Tensor[]): Scalar => {
    const tensors = new Map(fixed);
    names.forEach((name, index) => tensors.set(name, values[index] as Tensor));
    return lossAt(pass, tensors, x);
  });
  const gradients = differentiate([input, ...names.map((name) => fixed.get(name) as Tensor)]);
  const result = new Map(
    ['input', ...names].map((name, index) => [
      name,
      Float32Array.from((gradients[index] as Tensor).dataSync()),
    ]),
  );
  tf.dispose([gradients, input, [...fixed.values()]]);
  return result;
}

export function trainedNames(topology: LayersTopology): string[] {
  return topology.layers.flatMap((layer) =>
    weightsOf(layer)
      .filter(({ trainable }) => trainable)
      .map(({ name }) => fullName(layer, name)),
  );
}

function lossAt(pass: Pass, tensors: Map<string, Tensor>, input: Tensor): Scalar {
  const logits = forward(pass.topology, pass.operations, tensors, input, {
    seeds: () => SEEDS,
    keepMoving: (_layer, mean, variance) => tf.dispose([mean, variance]),
  });
  return pass.operations.softmaxCrossEntropy(logits, tf.tensor1d(pass.labels, 'int32')) as Scalar;
}

function tensorsOf(weights: NamedWeights): Map<string, Tensor> {
  return new Map([...weights].map(([name, { data, shape }]) => [name, tf.tensor(data.slice(), shape)]));
}
