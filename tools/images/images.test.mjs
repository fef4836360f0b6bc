import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../setup/paths.mjs';
import { layOutProductionTree } from './production-tree.mjs';
import { neededBy, readWorkspaces } from './workspaces.mjs';

/** A repository of one app, the library that it needs, one that only its tests need, and one that nobody needs. */
function makeRepository(t) {
  const root = mkdtempSync(join(tmpdir(), 'modelyard-images-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const write = (path, content) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  write('package.json', {
    name: 'root',
    workspaces: ['apps/*', 'libs/*'],
    devDependencies: { jest: '1.0.0' },
  });
  write('package-lock.json', '{"lockfileVersion": 3}');
  write('.npmrc', 'ignore-scripts=true\n');
  write('apps/door/package.json', {
    name: '@modelyard/door',
    dependencies: { '@modelyard/needed': '1.0.0', fastify: '5.0.0' },
    devDependencies: { '@modelyard/testing': '1.0.0' },
  });
  write('apps/door/dist/main.js', 'main');
  write('apps/door/src/main.ts', 'source');
  for (const name of ['needed', 'testing', 'unused']) {
    write(`libs/${name}/package.json`, { name: `@modelyard/${name}` });
    write(`libs/${name}/dist/index.js`, name);
  }
  return { root, folder: join(root, 'out') };
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

test('an image holds the app and the libraries it needs, compiled, and nothing of development', (t) => {
  const { root, folder } = makeRepository(t);
  assert.deepEqual(layOutProductionTree({ app: 'door', root, folder }), ['apps/door', 'libs/needed']);
  assert.equal(readFileSync(join(folder, 'apps/door/dist/main.js'), 'utf8'), 'main');
  assert.equal(existsSync(join(folder, 'apps/door/src')), false);
  assert.equal(existsSync(join(folder, 'libs/testing')), false);
  assert.equal(read(join(folder, 'apps/door/package.json')).devDependencies, undefined);
  const manifest = read(join(folder, 'package.json'));
  assert.equal(manifest.devDependencies, undefined);
  assert.deepEqual(manifest.workspaces, ['apps/door', 'libs/needed']);
  assert.equal(readFileSync(join(folder, '.npmrc'), 'utf8'), 'ignore-scripts=true\n');
});

test('what is not compiled or not there is said by name', (t) => {
  const { root, folder } = makeRepository(t);
  rmSync(join(root, 'libs/needed/dist'), { recursive: true });
  assert.throws(() => layOutProductionTree({ app: 'door', root, folder }), /libs\/needed is not compiled/);
  assert.throws(
    () => layOutProductionTree({ app: 'window', root, folder }),
    /no workspace is named @modelyard\/window/,
  );
});

test('only training brings TensorFlow, and no image brings test libraries', () => {
  const workspaces = readWorkspaces(ROOT);
  for (const app of ['gateway', 'registry', 'inference', 'training']) {
    const paths = neededBy(workspaces, [`@modelyard/${app}`]).map(({ path }) => path);
    assert.equal(paths.includes('libs/ml/networks'), app === 'training', app);
    assert.equal(paths.includes('libs/platform/testing'), false, app);
  }
});

test('the Dockerfile starts each app the way that Kubernetes and Docker can stop it', () => {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  assert.match(dockerfile, /^USER \d+:\d+$/m);
  assert.match(dockerfile, /^CMD \["node", "dist\/main\.js"\]$/m);
  assert.doesNotMatch(dockerfile, /:latest/);
});
