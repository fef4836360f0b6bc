import { childEnvironment } from '@modelyard/platform-config';
import { TrainingConfig } from '../../training.config';

/** The environment of an importer: without our own secrets. The blob store's credentials pass. */
export function importerEnvironment(env?: Record<string, string | undefined>): Record<string, string> {
  // glibc's many arenas keep what was freed: decoding images on eight threads would hold twice the memory.
  return childEnvironment(TrainingConfig, { MALLOC_ARENA_MAX: '2' }, env);
}
