import type { LayersTopology, NamedWeights, OptimizerSpec } from '@modelyard/contracts';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { Backend } from '../backend/backend';
import { fullName, weightsOf } from '../network/layer-weights';
import { forward } from '../network/network';
import type { Optimizer, OptimizerState } from './optimizer';
import type { Batch } from './samples';

export interface BatchResult {
  /** Mean cross entropy of the batch plus the penalty on the weights. */
  loss: number;
  /** How many samples got their own class. */
  correct: number;
}

interface ParameterPlace {
  name: string;
  shape: number[];
  l2: number;
}

/** A network's weights on the backend, with the optimizer that moves them. Everything here lives until `dispose`. */
export class NetworkInTraining {
  private readonly parameters: ParameterPlace[] = [];
  private readonly order: { name: string; shape: number[] }[] = [];
  /** What no gradient moves: the moving values of batch normalization, by full name. */
  private readonly moving = new Map<string, Tensor>();
  private readonly optimizer: Optimizer;

  constructor(
    private readonly backend: Backend,
    private readonly topology: LayersTopology,
    weights: NamedWeights,
    optimizer: { spec: OptimizerSpec; state?: OptimizerState },
  ) {
    for (const layer of topology.layers) {
      for (const spec of weightsOf(layer)) {
        const name = fullName(layer, spec.name);
        const stored = weights.get(name);
        if (stored === undefined) throw new Error(`The weight ${name} is missing`);
        this.order.push({ name, shape: spec.shape });
        if (spec.trainable) this.parameters.push({ name, shape: spec.shape, l2: spec.l2 ?? 0 });
        else this.moving.set(name, tf.tensor(stored.data.slice(), spec.shape));
      }
    }
    const parameters = this.parameters.map(({ name, shape }) => ({
      shape,
      data: weights.get(name)?.data ?? new Float32Array(),
    }));
    this.optimizer = backend.createOptimizer({ ...optimizer, parameters });
  }

  /** One step of training. @param seedsOf two seeds for a layer's random numbers at this step */
  step(batch: Batch, seedsOf: (layer: string) => readonly [number, number]): BatchResult {
    const moved = new Map<string, Tensor>();
    let correct = 0;
    const { loss, gradients } = tf.tidy(() => {
      const parameters = this.optimizer.read();
      const differentiate = tf.valueAndGrads((...values: Tensor[]) => {
        const logits = forward(this.topology, this.backend.operations, this.named(values), batch.input, {
          seeds: seedsOf,
          keepMoving: (layer, mean, variance) => {
            moved.set(`${layer}/movingMean`, mean).set(`${layer}/movingVariance`, variance);
          },
        });
        correct = countCorrect(logits, batch.labels);
        return this.loss(logits, batch.labels, values);
      });
      const { value, grads } = differentiate(parameters);
      return { loss: value, gradients: grads };
    });
    this.optimizer.apply(gradients);
    for (const [name, tensor] of moved) {
      this.moving.get(name)?.dispose();
      this.moving.set(name, tensor);
    }
    const result = { loss: (loss.dataSync() as Float32Array)[0] as number, correct };
    tf.dispose([loss, gradients]);
    return result;
  }

  /** The loss on a batch as inference sees it. */
  evaluate(batch: Batch): BatchResult {
    return tf.tidy(() => {
      const values = this.optimizer.read();
      const logits = forward(this.topology, this.backend.operations, this.named(values), batch.input);
      const loss = this.loss(logits, batch.labels, values);
      return { loss: loss.dataSync()[0] as number, correct: countCorrect(logits, batch.labels) };
    });
  }

  /** Probabilities of the classes, row by row. @param input [rows, …sample shape] */
  predict(input: Tensor): Float32Array {
    return tf.tidy(() => {
      const values = this.named(this.optimizer.read());
      const logits = forward(this.topology, this.backend.operations, values, input);
      return Float32Array.from(tf.softmax(logits).dataSync());
    });
  }

  /** Copies of all weights, in canonical order. */
  weights(): NamedWeights {
    const parameters = this.optimizer.read();
    const tensors = this.named(parameters);
    const weights: NamedWeights = new Map(
      this.order.map(({ name, shape }) => {
        const data = Float32Array.from((tensors.get(name) as Tensor).dataSync());
        return [name, { shape, data }];
      }),
    );
    tf.dispose(parameters);
    return weights;
  }

  optimizerState(): OptimizerState {
    return this.optimizer.state();
  }

  dispose(): void {
    this.optimizer.dispose();
    for (const tensor of this.moving.values()) tensor.dispose();
    this.moving.clear();
  }

  private named(parameters: readonly Tensor[]): Map<string, Tensor> {
    const named = new Map(this.moving);
    this.parameters.forEach(({ name }, index) => named.set(name, parameters[index] as Tensor));
    return named;
  }

  private loss(logits: Tensor, labels: Tensor, parameters: readonly Tensor[]): Scalar {
    let loss = this.backend.operations.softmaxCrossEntropy(logits, labels);
    this.parameters.forEach(({ l2 }, index) => {
      if (l2 > 0) loss = tf.add(loss, tf.mul(tf.sum(tf.square(parameters[index] as Tensor)), l2));
    });
    return loss as Scalar;
  }
}

function countCorrect(logits: Tensor, labels: Tensor): number {
  const classes = logits.shape.at(-1) as number;
  const scores = logits.dataSync();
  const wanted = labels.dataSync();
  let correct = 0;
  wanted.forEach((label, row) => {
    let best = 0;
    for (let index = 1; index < classes; index++) {
      if ((scores[row * classes + index] as number) > (scores[row * classes + best] as number)) best = index;
    }
    if (best === label) correct++;
  });
  return correct;
}
