import { plainOperations } from '../operations/plain-operations';
import { describeBackend } from '../testing/backend-contract';
import { PlainOptimizer } from '../training/plain-optimizer';
import type { Backend } from './backend';
import { backendFor } from './open-backend';

let backend: Backend;
beforeAll(async () => {
  backend = await backendFor({ backend: 'tensorflow', threads: 1 });
});

describeBackend('TensorFlow, fused', () => backend);
describeBackend('TensorFlow, plain', () => ({
  operations: plainOperations,
  createOptimizer: (start) => new PlainOptimizer(start),
}));
