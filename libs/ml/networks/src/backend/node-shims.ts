import util from 'node:util';

/** Node 23 took these two away, which tfjs-node's JavaScript calls; its binding cannot be loaded without them. */
export function restoreRemovedNodeFunctions(target: object = util): void {
  const functions: Record<string, (value: unknown) => boolean> = {
    isNullOrUndefined: (value) => value === null || value === undefined,
    isArray: (value) => Array.isArray(value),
  };
  for (const [name, replacement] of Object.entries(functions)) {
    if (!(name in target)) Object.defineProperty(target, name, { value: replacement, configurable: true });
  }
}
