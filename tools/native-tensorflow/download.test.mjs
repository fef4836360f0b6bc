import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { downloadWheel } from './download.mjs';

const content = 'the wheel';
const wheel = {
  name: 'tensorflow-cpu',
  version: '0.0.0',
  platforms: [],
  python: [],
  path: 'aa/bb/tensorflow_cpu-0.0.0.whl',
  sha256: createHash('sha256').update(content).digest('hex'),
};
const writes = (name, text) => ({
  name,
  fetch: (_wheel, folder) => writeFile(join(folder, 'tensorflow_cpu-0.0.0.whl'), text),
});
const fails = (name, message) => ({ name, fetch: () => Promise.reject(new Error(message)) });

let root;
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'modelyard-download-'))));
afterEach(() => rm(root, { recursive: true }));

test('takes the next way when one fails or brings another file', async () => {
  const folder = join(root, 'download');
  const path = await downloadWheel(wheel, folder, [
    fails('pip', 'no such command'),
    writes('mirror', 'something else'),
    writes('HTTPS', content),
    fails('last', 'must not be tried'),
  ]);
  assert.equal(await readFile(path, 'utf8'), content);
});

test('a checksum that does not match leaves nothing, and says so', async () => {
  const folder = join(root, 'download');
  const broken = downloadWheel(wheel, folder, [fails('pip', 'no such command'), writes('HTTPS', 'the whe')]);
  await assert.rejects(broken, (error) => {
    assert.match(error.message, /tensorflow-cpu 0\.0\.0 could not be downloaded/);
    assert.match(error.message, /pip: no such command/);
    assert.match(error.message, /HTTPS: tensorflow_cpu-0\.0\.0\.whl has SHA-256 [0-9a-f]{64}, expected/);
    return true;
  });
  assert.equal(existsSync(folder), false);
});
