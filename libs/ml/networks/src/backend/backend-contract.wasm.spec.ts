import { describeBackend } from '../testing/backend-contract';
import type { Backend } from './backend';
import { backendFor } from './open-backend';

let backend: Backend;
beforeAll(async () => {
  backend = await backendFor({ backend: 'wasm', threads: 1 });
});

describeBackend('WebAssembly', () => backend);
