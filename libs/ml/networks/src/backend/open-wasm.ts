import * as tf from '@tensorflow/tfjs';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import { PlainOptimizer } from '../training/plain-optimizer';
import { wasmOperations } from '../webassembly/wasm-operations';
import { registerTrainingKernels } from '../webassembly/register-training-kernels';
import type { Backend } from './backend';
import { processor } from './processor';

/** Loads the WebAssembly backend. In Node it has one thread, whatever is asked for: its threaded build needs a browser's workers. */
export async function openWasm(): Promise<Backend> {
  wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  registerTrainingKernels();
  return {
    info: { name: 'wasm', version: wasm.version_wasm, gpu: false, threads: 1, processor: processor() },
    operations: wasmOperations,
    createOptimizer: (start) => new PlainOptimizer(start),
  };
}
