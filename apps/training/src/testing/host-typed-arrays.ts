import { runInThisContext } from 'node:vm';

// Jest gives each spec its own globals, but ONNX Runtime's native part makes arrays of the process' own kind, and its
// JavaScript part checks them with `instanceof`. So specs that run models use the process' arrays.
for (const name of ['Float32Array', 'Uint8Array'] as const) {
  Object.defineProperty(globalThis, name, {
    value: runInThisContext(name),
    configurable: true,
    writable: true,
  });
}
