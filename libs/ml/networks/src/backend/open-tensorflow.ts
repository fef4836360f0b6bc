import * as tf from '@tensorflow/tfjs';
import { fusedOperations } from '../tensorflow/fused-operations';
import { Native } from '../tensorflow/native';
import type { NativeBackend } from '../tensorflow/native';
import { ResourceOptimizer } from '../tensorflow/resource-optimizer';
import type { Backend } from './backend';
import { restoreRemovedNodeFunctions } from './node-shims';
import { processor } from './processor';

/**
 * Loads native TensorFlow.
 * @throws Error when its addon is missing or cannot be loaded
 */
export async function openTensorFlow(threads: number): Promise<Backend> {
  pinThreads(threads);
  restoreRemovedNodeFunctions();
  // Loaded here and nowhere else: it reads its settings from the environment at that moment.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require('@tensorflow/tfjs-node-gpu');
  await tf.setBackend('tensorflow');
  await tf.ready();
  const backend = tf.backend() as unknown as NativeBackend;
  const native = new Native(backend);
  return {
    info: {
      name: 'tensorflow',
      version: backend.binding.TF_Version,
      gpu: backend.isUsingGpuDevice,
      threads,
      processor: processor(),
    },
    operations: fusedOperations(native, { onGpu: backend.isUsingGpuDevice }),
    createOptimizer: (start) => new ResourceOptimizer(native, start),
  };
}

/**
 * These variables are TensorFlow's only way to be told. They are written, not read: they are no configuration of ours.
 * Results differ between thread counts, and on GPUs between runs unless told not to.
 */
function pinThreads(threads: number): void {
  const settings = {
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: '1',
    OMP_NUM_THREADS: String(threads),
    TF_DETERMINISTIC_OPS: '1',
    TF_CPP_MIN_LOG_LEVEL: '2',
  };
  // eslint-disable-next-line no-restricted-properties
  Object.assign(process.env, settings);
}
