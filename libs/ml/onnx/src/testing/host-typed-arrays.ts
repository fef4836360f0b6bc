import { runInThisContext } from 'node:vm';

// Jest gives each spec its own globals, but ONNX Runtime's native part makes arrays of the process' own kind, and the
// runtime's JavaScript part checks them with `instanceof`. So specs that run models use the process' arrays.
const TYPED_ARRAYS = ['Float32Array', 'Int32Array', 'BigInt64Array', 'Uint8Array'] as const;
for (const name of TYPED_ARRAYS) {
  Object.defineProperty(globalThis, name, {
    value: runInThisContext(name),
    configurable: true,
    writable: true,
  });
}
