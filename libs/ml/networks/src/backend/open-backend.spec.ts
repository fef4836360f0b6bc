import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { restoreRemovedNodeFunctions } from './node-shims';
import { backendFor, openBackend } from './open-backend';
import { instructionsIn } from './processor';

const root = join(__dirname, '../../../../..');
const hook = join(root, 'tools/jest/typescript-hook.cjs');

/** Opens a backend in a process of its own, where nothing has been opened before. */
async function openElsewhere(request: object, before = ''): Promise<Record<string, unknown>> {
  const code = `${before}
    require(${JSON.stringify(join(__dirname, 'open-backend.ts'))}).openBackend(${JSON.stringify(request)}).then(
      (info) => console.log('INFO ' + JSON.stringify({ ...info, env: process.env.TF_NUM_INTRAOP_THREADS })),
      (error) => console.log('INFO ' + JSON.stringify({ error: error.message })),
    );`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', hook, '-e', code]);
  const line = stdout.split('\n').find((text) => text.startsWith('INFO '));
  return JSON.parse(line?.slice(5) ?? '{}') as Record<string, unknown>;
}

/** As on a machine where the native part was never set up. */
const WITHOUT_ADDON = `
  const Module = require('node:module');
  const load = Module._load;
  Module._load = function (request, ...rest) {
    if (request === '@tensorflow/tfjs-node-gpu') throw new Error('The Node.js native addon module can not be found');
    return load.call(this, request, ...rest);
  };`;

describe('openBackend', () => {
  it('takes TensorFlow where it can, with the threads that were asked for', async () => {
    const info = await openElsewhere({ backend: 'auto', threads: 2 });
    expect(info).toMatchObject({ name: 'tensorflow', gpu: false, threads: 2, env: '2' });
    expect(info).not.toHaveProperty('reason');
    expect(info['version']).toMatch(/^2\.\d+\.\d+$/);
    expect(info['processor']).toHaveProperty('model');
  });

  it('takes WebAssembly where TensorFlow cannot be loaded, and says why', async () => {
    const info = await openElsewhere({ backend: 'auto', threads: 2 }, WITHOUT_ADDON);
    expect(info).toMatchObject({
      name: 'wasm',
      threads: 1,
      reason: 'native TensorFlow cannot be loaded: The Node.js native addon module can not be found',
    });
  });

  it('fails where TensorFlow was asked for by name and cannot be loaded', async () => {
    const info = await openElsewhere({ backend: 'tensorflow', threads: 2 }, WITHOUT_ADDON);
    expect(info).toEqual({
      error: 'Native TensorFlow cannot be loaded: The Node.js native addon module can not be found',
    });
  });

  it('can be asked again for the same, and not for anything else', async () => {
    const backend = await backendFor({ backend: 'wasm', threads: 1 });
    expect(await openBackend({ backend: 'wasm', threads: 1 })).toBe(backend.info);
    await expect(openBackend({ backend: 'wasm', threads: 2 })).rejects.toThrow('needs a process of its own');
    await expect(openBackend({ backend: 'auto', threads: 1 })).rejects.toThrow('needs a process of its own');
    await expect(openBackend({ backend: 'wasm', threads: 0 })).rejects.toThrow(RangeError);
  });
});

it('restoreRemovedNodeFunctions adds what newer versions of Node lack, and leaves what is there', () => {
  const isArray = (): boolean => false;
  const target: Record<string, unknown> = { isArray };
  restoreRemovedNodeFunctions(target);
  expect(target['isArray']).toBe(isArray);
  const isNullOrUndefined = target['isNullOrUndefined'] as (value: unknown) => boolean;
  expect([null, undefined, 0, ''].map(isNullOrUndefined)).toEqual([true, true, false, false]);
});

it('instructionsIn finds the vector instructions of x64 and arm64', () => {
  expect(
    instructionsIn('processor: 0\nflags\t\t: fpu sse sse4_2 avx avx512f amx_tile fma clwb\nbugs: x\n'),
  ).toEqual(['amx_tile', 'avx', 'avx512f', 'fma', 'sse4_2']);
  expect(instructionsIn('Features\t: fp asimd crc32 sve\n')).toEqual(['asimd', 'sve']);
  expect(instructionsIn('')).toEqual([]);
});
