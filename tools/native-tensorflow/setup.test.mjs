import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readArguments } from './arguments.mjs';
import { fillEntry } from './cache.mjs';
import { setUpFromPyPI } from './from-pypi.mjs';
import { runCommand } from './run-command.mjs';

const script = fileURLToPath(new URL('setup.mjs', import.meta.url));

let root;
before(async () => (root = await mkdtemp(join(tmpdir(), 'modelyard-setup-'))));
after(() => rm(root, { recursive: true }));

test('reads its arguments, and refuses what it does not know', () => {
  assert.deepEqual(readArguments(['--json']), { gpu: undefined, check: false, json: true, help: false });
  assert.equal(readArguments(['--gpu']).gpu, true);
  assert.equal(readArguments(['--cpu']).gpu, false);
  assert.match(readArguments(['--gpus']).error, /unknown option --gpus/);
  assert.match(readArguments(['--gpu', '--cpu']).error, /exclude each other/);
});

test('an unknown option ends with its usage and status 2', async () => {
  const { ok, output } = await runCommand(process.execPath, [script, '--gpus']);
  assert.equal(ok, false);
  assert.match(output, /usage: node tools\/native-tensorflow\/setup\.mjs/);
});

test('libraries that are cached are not downloaded again', async () => {
  const entry = { path: join(root, 'entry'), wheels: [{ name: 'unreachable', version: '0' }] };
  await fillEntry(entry.path, () => Promise.resolve([]));
  const said = [];
  // The package has no binding here, so the set-up ends where it would compile one.
  const setUp = setUpFromPyPI({
    entry,
    packageDir: join(root, 'no package'),
    say: (line) => said.push(line),
  });
  await assert.rejects(setUp, /no package/);
  assert.deepEqual(said, []);
});

test('a download that fails leaves no half-filled cache', async () => {
  const wheel = {
    name: 'unreachable',
    version: '0',
    path: 'x/unreachable.whl',
    sha256: '0',
    platforms: [],
    python: [],
  };
  const entry = { path: join(root, 'failed'), wheels: [wheel] };
  const download = () => Promise.reject(new Error('no network'));
  const setUp = setUpFromPyPI({ entry, packageDir: root, say: () => {}, download });
  await assert.rejects(setUp, /no network/);
  assert.equal(existsSync(entry.path), false);
});
