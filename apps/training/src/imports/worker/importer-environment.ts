import { childEnvironment } from '@modelyard/platform-config';
import { TrainingConfig } from '../../training.config';

/** The environment of an importer: with V8's heap bounded, and without our own secrets. The blob store's credentials pass. */
export function importerEnvironment(
  memoryMiB: number,
  env: Record<string, string | undefined> = process.env,
): Record<string, string> {
  const options = [env['NODE_OPTIONS'] ?? '', `--max-old-space-size=${memoryMiB}`].join(' ').trim();
  // libuv's pool decodes images and hashes files; more threads than processors only take memory.
  return childEnvironment(TrainingConfig, { NODE_OPTIONS: options, MALLOC_ARENA_MAX: '2' }, env);
}
