import { runInThisContext } from 'node:vm';

// Jest gives each spec its own globals, while ONNX Runtime checks arrays against the process' own kind.
for (const name of ['Float32Array', 'Uint8Array'] as const) {
  Object.defineProperty(globalThis, name, {
    value: runInThisContext(name),
    configurable: true,
    writable: true,
  });
}
