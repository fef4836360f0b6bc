import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';

/** Instruction sets on which floating-point results can depend. */
const DECISIVE = /^(sse4_[12]|avx\w*|fma|f16c|amx\w*|asimd\w*|sve\w*|bf16|i8mm)$/;

/** A run's params: what it was computed on. Weights are promised to be identical on like hardware only. */
export function describeMachine(readText: (path: string) => string = read): Record<string, string> {
  return {
    node_version: process.version,
    platform: `${platform()}-${arch()}`,
    cpu_model: cpus()[0]?.model.trim() || 'unknown',
    cpu_features: cpuFeatures(readText('/proc/cpuinfo')),
  };
}

/** @param cpuinfo Linux's /proc/cpuinfo; elsewhere it is empty */
export function cpuFeatures(cpuinfo: string): string {
  const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpuinfo)?.[1] ?? '';
  const features = line.split(/\s+/).filter((name) => DECISIVE.test(name));
  return [...new Set(features)].sort().join(' ') || 'unknown';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
