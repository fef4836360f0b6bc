import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Operations } from '../operations/operations';
import { plainOperations } from '../operations/plain-operations';
import type { Native } from './native';

/** cuDNN refuses anything smaller. */
const SMALLEST_EPSILON = 1.001e-5;

/** Training-mode batch normalization as FusedBatchNormV3 with FusedBatchNormGradV3, which also blend the moving values. */
export function fusedBatchNormalization(native: Native): Operations['normalizeBatch'] {
  return (input) => {
    if (input.epsilon < SMALLEST_EPSILON) return plainOperations.normalizeBatch(input);
    const attributes = [
      native.type('T'),
      native.type('U'),
      native.float('epsilon', input.epsilon),
      native.text('data_format', 'NHWC'),
      native.boolean('is_training', true),
    ];
    let moving: [Tensor, Tensor] | undefined;
    const run = tf.customGrad((image, scale, offset, save) => {
      const inputs = [
        image as Tensor,
        scale as Tensor,
        offset as Tensor,
        input.movingMean,
        input.movingVariance,
      ];
      const blending = [...attributes, native.float('exponential_avg_factor', 1 - input.momentum)];
      const outputs = native.runMany('FusedBatchNormV3', inputs, blending, 6);
      const [value, mean, variance, ...reserved] = outputs as [Tensor, Tensor, Tensor, ...Tensor[]];
      moving = [tf.keep(mean), tf.keep(variance)];
      (save as tf.GradSaveFunc)([image as Tensor, scale as Tensor, ...reserved]);
      return {
        value,
        gradFunc: (dy: Tensor, saved: Tensor[]) =>
          native.runMany('FusedBatchNormGradV3', [dy, ...saved], attributes, 5).slice(0, 3),
      };
    });
    // The operation wants images; a table's [batch, columns] is one pixel of many channels.
    const shape = input.x.shape;
    const images = shape.length === 4 ? input.x : tf.reshape(input.x, [-1, 1, 1, shape.at(-1) as number]);
    const normalized = run(images, input.gamma, input.beta);
    const y = shape.length === 4 ? normalized : tf.reshape(normalized, shape);
    const [movingMean, movingVariance] = moving as unknown as [Tensor, Tensor];
    return { y, movingMean, movingVariance };
  };
}
