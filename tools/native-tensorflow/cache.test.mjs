import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { cacheKey, cacheRoot, fillEntry, isWhole } from './cache.mjs';

let root;
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'modelyard-cache-'))));
afterEach(() => rm(root, { recursive: true }));

async function fill(content = 'library') {
  const entry = join(root, 'entry');
  await fillEntry(entry, async (folder) => {
    await writeFile(join(folder, 'lib.so'), content);
    return ['lib.so'];
  });
  return entry;
}

test('an entry is whole after it was filled, and only then', async () => {
  assert.equal(await isWhole(join(root, 'entry')), false);
  const entry = await fill();
  assert.equal(await isWhole(entry), true);
  assert.equal(await isWhole(entry, { thorough: true }), true);
});

test('a filling that fails leaves nothing, and what was there before', async () => {
  const entry = await fill();
  const failing = fillEntry(entry, async (folder) => {
    await writeFile(join(folder, 'lib.so'), 'half');
    throw new Error('the connection broke');
  });
  await assert.rejects(failing, /the connection broke/);
  assert.deepEqual(await readdir(root), ['entry']);
  assert.equal(await isWhole(entry, { thorough: true }), true);
});

test('a file that is missing, longer or other makes the entry useless', async () => {
  const entry = await fill();
  await appendFile(join(entry, 'lib.so'), '!');
  assert.equal(await isWhole(entry), false);
  await fill();
  await writeFile(join(entry, 'lib.so'), 'LIBRARY'); // the same size at another time
  await utimes(join(entry, 'lib.so'), 1, 1);
  assert.equal(await isWhole(entry), false);
  await fill();
  await unlink(join(entry, 'lib.so'));
  assert.equal(await isWhole(entry), false);
  await fill();
  await writeFile(join(entry, 'manifest.json'), '{"layout": 1, "fil');
  assert.equal(await isWhole(entry), false);
});

test('a copied file with another time counts by its checksum', async () => {
  const entry = await fill();
  await utimes(join(entry, 'lib.so'), 1, 1);
  assert.equal(await isWhole(entry), true);
});

test('the cache is where XDG_CACHE_HOME says, and its key follows the checksums', () => {
  assert.equal(cacheRoot({ XDG_CACHE_HOME: '/caches' }), '/caches/modelyard/native-tensorflow');
  assert.match(cacheRoot({}), /\/\.cache\/modelyard\/native-tensorflow$/);
  assert.equal(cacheRoot({ XDG_CACHE_HOME: 'relative' }), cacheRoot({}));
  const key = cacheKey('tensorflow', [{ sha256: 'a' }]);
  assert.match(key, /^tensorflow-[0-9a-f]{12}$/);
  assert.notEqual(cacheKey('tensorflow', [{ sha256: 'b' }]), key);
});
