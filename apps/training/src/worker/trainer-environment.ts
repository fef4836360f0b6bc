import { childEnvironment } from '@modelyard/platform-config';
import { TrainingConfig } from '../training.config';

/**
 * The environment of a trainer on so many threads. TensorFlow and OpenMP read these when they are loaded, never
 * again, so they must stand before the process starts. The blob store's credentials pass; our own secrets do not.
 */
export function trainerEnvironment(
  threads: number,
  env?: Record<string, string | undefined>,
): Record<string, string> {
  const pins = {
    // Results differ between thread counts, and TensorFlow's default follows the CPUs that it happens to see.
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: '1',
    OMP_NUM_THREADS: String(threads),
    TF_DETERMINISTIC_OPS: '1',
    TF_CPP_MIN_LOG_LEVEL: '2',
  };
  return childEnvironment(TrainingConfig, pins, env);
}
