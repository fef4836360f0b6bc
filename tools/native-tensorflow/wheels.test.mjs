import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKept, REQUIRED } from './contents.mjs';
import { fileName, wheelsFor } from './wheels.mjs';

test('every platform gets its own libraries', () => {
  const names = (machine) => wheelsFor(machine)?.map((wheel) => wheel.name);
  assert.deepEqual(names({ platform: 'linux', arch: 'x64', gpu: false }), ['tensorflow-cpu']);
  assert.deepEqual(names({ platform: 'linux', arch: 'arm64', gpu: false }), ['tensorflow']);
  assert.equal(names({ platform: 'linux', arch: 'arm64', gpu: true }), undefined);
  assert.equal(names({ platform: 'linux', arch: 'riscv64', gpu: false }), undefined);
  assert.equal(names({ platform: 'darwin', arch: 'arm64', gpu: false }), undefined);
  const cuda = names({ platform: 'linux', arch: 'x64', gpu: true });
  assert.equal(cuda[0], 'tensorflow');
  assert.equal(cuda.length, 13);
  assert.ok(cuda.slice(1).every((name) => /^nvidia-.*-cu12$/.test(name)));
});

test('every wheel is pinned, and its file is that of its name and version', () => {
  for (const arch of ['x64', 'arm64']) {
    for (const wheel of wheelsFor({ platform: 'linux', arch, gpu: false }).concat(
      wheelsFor({ platform: 'linux', arch: 'x64', gpu: true }),
    )) {
      assert.match(wheel.sha256, /^[0-9a-f]{64}$/);
      assert.ok(
        fileName(wheel).startsWith(`${wheel.name.replaceAll('-', '_')}-${wheel.version}-`),
        fileName(wheel),
      );
    }
  }
});

test('keeps libraries and the headers that the binding needs, and leaves the rest', () => {
  assert.ok(REQUIRED.every(isKept));
  assert.ok(isKept('nvidia/cudnn/lib/libcudnn.so.9'));
  for (const other of [
    'tensorflow/__init__.py',
    'tensorflow/include/tensorflow/c/ops.h',
    'nvidia/cudnn/include/cudnn.h',
  ]) {
    assert.equal(isKept(other), false, other);
  }
});
