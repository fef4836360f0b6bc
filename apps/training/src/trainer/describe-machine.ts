import { arch, platform } from 'node:os';
import type { BackendInfo } from '@modelyard/ml-networks';

/** A run's params: what it was computed with. Weights are promised to be identical on like hardware only. */
export function describeMachine(backend: BackendInfo): Record<string, string> {
  return {
    backend: backend.name,
    backend_version: backend.version,
    gpu: String(backend.gpu),
    threads: String(backend.threads),
    cpu_model: backend.processor.model,
    cpu_features: backend.processor.instructions.join(' ') || 'unknown',
    node_version: process.version,
    platform: `${platform()}-${arch()}`,
  };
}
