import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Processor } from './backend';

const VECTOR_INSTRUCTIONS = /^(sse4_[12]|avx.*|fma|amx_.*|asimd|sve2?)$/;

/** The machine's processor. Results are promised to repeat only on one like it. */
export function processor(): Processor {
  return { model: cpus()[0]?.model.trim() ?? 'unknown', instructions: instructionsIn(cpuInfo()) };
}

/** @param text what Linux has in /proc/cpuinfo: `flags` on x64, `Features` on arm64 */
export function instructionsIn(text: string): string[] {
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1] ?? '';
  return flags
    .split(' ')
    .filter((flag) => VECTOR_INSTRUCTIONS.test(flag))
    .sort();
}

function cpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return ''; // not Linux
  }
}
