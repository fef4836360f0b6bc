import type { OptimizerSpec } from '@modelyard/contracts';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Optimizer, OptimizerStart, OptimizerState } from '../training/optimizer';
import { slotsOf } from '../training/optimizer';
import type { Attribute, Native } from './native';

/** One call of TensorFlow's update operation: what comes between the handles and the gradient. */
interface UpdateOperation {
  name: string;
  scalars: (step: number) => number[];
  /** Where the gradient stands among the scalars; the default is after all of them. */
  gradientAt?: number;
  attributes: (native: Native) => Attribute[];
}

function operationFor(spec: OptimizerSpec): UpdateOperation {
  const rate = spec.learningRate;
  switch (spec.type) {
    case 'sgd':
      if (spec.momentum === 0) {
        return { name: 'ResourceApplyGradientDescent', scalars: () => [rate], attributes: () => [] };
      }
      return {
        name: 'ResourceApplyKerasMomentum',
        scalars: () => [rate, spec.momentum],
        gradientAt: 1,
        attributes: (native) => [native.boolean('use_nesterov', spec.nesterov)],
      };
    case 'adam':
      return {
        name: 'ResourceApplyAdam',
        scalars: (step) => [
          spec.beta1 ** step,
          spec.beta2 ** step,
          rate,
          spec.beta1,
          spec.beta2,
          spec.epsilon,
        ],
        attributes: (native) => [native.boolean('use_nesterov', false)],
      };
    case 'rmsprop':
      return {
        name: 'ResourceApplyRMSProp',
        scalars: () => [rate, spec.decay, 0, spec.epsilon],
        attributes: () => [],
      };
  }
}

let variables = 0;

/**
 * Parameters as TensorFlow's resource variables, updated in place by one operation each: Adam takes a dozen
 * operations and as many temporaries otherwise.
 */
export class ResourceOptimizer implements Optimizer {
  private readonly handles: Tensor[];
  /** By parameter, then by slot. */
  private readonly slots: Tensor[][];
  private readonly operation: UpdateOperation;
  private readonly attributes: Attribute[];
  private step: number;

  constructor(
    private readonly native: Native,
    private readonly start: OptimizerStart,
  ) {
    this.step = start.state?.step ?? 0;
    this.operation = operationFor(start.spec);
    this.attributes = [
      native.type('T'),
      native.boolean('use_locking', false),
      ...this.operation.attributes(native),
    ];
    this.handles = start.parameters.map(({ data, shape }) => this.variable(data, shape));
    this.slots = start.parameters.map(({ data, shape }, index) =>
      this.slotNames().map((slot) => {
        return this.variable(start.state?.slots[slot]?.[index] ?? new Float32Array(data.length), shape);
      }),
    );
  }

  read(): Tensor[] {
    return this.handles.map((handle) => this.value(handle));
  }

  apply(gradients: readonly Tensor[]): void {
    this.step++;
    tf.tidy(() => {
      const scalars = this.operation.scalars(this.step).map((value) => tf.scalar(value));
      const before = scalars.slice(0, this.operation.gradientAt ?? scalars.length);
      const after = scalars.slice(before.length);
      gradients.forEach((gradient, index) => {
        const handles = [this.handles[index] as Tensor, ...(this.slots[index] as Tensor[])];
        this.native.runMany(
          this.operation.name,
          [...handles, ...before, gradient, ...after],
          this.attributes,
          0,
        );
      });
    });
  }

  state(): OptimizerState {
    const read = (slot: number): Float32Array[] =>
      this.slots.map((slots) =>
        tf.tidy(() => Float32Array.from(this.value(slots[slot] as Tensor).dataSync<'float32'>())),
      );
    const names = slotsOf(this.start.spec);
    return { step: this.step, slots: Object.fromEntries(names.map((name, slot) => [name, read(slot)])) };
  }

  dispose(): void {
    for (const handle of [this.handles, this.slots].flat(2)) {
      this.native.runMany(
        'DestroyResourceOp',
        [handle],
        [this.native.boolean('ignore_lookup_error', true)],
        0,
      );
      handle.dispose();
    }
  }

  /** RMSProp's operation wants a momentum slot too, even where none is used: it is no part of the state. */
  private slotNames(): readonly string[] {
    const names = slotsOf(this.start.spec);
    return this.start.spec.type === 'rmsprop' ? [...names, 'unused momentum'] : names;
  }

  private value(handle: Tensor): Tensor {
    return this.native.run('ReadVariableOp', [handle], [this.native.type('dtype')]);
  }

  private variable(data: Float32Array, shape: number[]): Tensor {
    const { native } = this;
    const attributes = [native.type('dtype'), native.shape('shape', shape), native.text('container', '')];
    const name = native.text('shared_name', `modelyard_${process.pid}_${++variables}`);
    const handle = tf.keep(native.run('VarHandleOp', [], [...attributes, name]));
    tf.tidy(() => {
      const initial = tf.tensor(data.slice(), shape);
      native.runMany('AssignVariableOp', [handle, initial], [native.type('dtype')], 0);
    });
    return handle;
  }
}
