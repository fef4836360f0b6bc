import { describeMachine } from './describe-machine';

it('describes what the weights depend on besides the recipe', () => {
  const processor = { model: 'A CPU', instructions: ['avx2', 'fma'] };
  const machine = describeMachine({ name: 'wasm', version: '4.22.0', gpu: false, threads: 1, processor });
  expect(machine).toEqual({
    backend: 'wasm',
    backend_version: '4.22.0',
    gpu: 'false',
    threads: '1',
    cpu_model: 'A CPU',
    cpu_features: 'avx2 fma',
    node_version: process.version,
    platform: `${process.platform}-${process.arch}`,
  });
});
