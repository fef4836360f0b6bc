import { describeBackend } from '../testing/backend-contract';
import type { Backend } from './backend';
import { backendFor } from './open-backend';

let backend: Backend;
beforeAll(async () => {
  backend = await backendFor({ backend: 'tensorflow', threads: 1 });
});

describeBackend('TensorFlow', () => backend);
