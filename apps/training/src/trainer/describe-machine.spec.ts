import { cpuFeatures, describeMachine } from './describe-machine';

it('keeps the instruction sets that floating-point results can depend on', () => {
  expect(
    cpuFeatures('model name\t: X\nflags\t\t: fpu vme sse4_2 avx avx2 fma avx512f sse4_2 hypervisor\n'),
  ).toBe('avx avx2 avx512f fma sse4_2');
  expect(cpuFeatures('Features\t: fp asimd evtstrm sve bf16\n')).toBe('asimd bf16 sve');
  expect(cpuFeatures('')).toBe('unknown');
});

it('describes this machine', () => {
  const machine = describeMachine();
  expect(machine['node_version']).toBe(process.version);
  expect(Object.keys(machine).sort()).toEqual(['cpu_features', 'cpu_model', 'node_version', 'platform']);
});
