import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { ROOT } from '../setup/paths.mjs';

const require = createRequire(import.meta.url);
const library = require('./library/generator.cjs');
const service = require('./service/generator.cjs');
const read = (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

function workspace() {
  const tree = createTreeWithEmptyWorkspace();
  for (const file of tree.children('.')) if (file.includes('oxfmt')) tree.delete(file);
  tree.write('.prettierrc.json', readFileSync(join(ROOT, '.prettierrc.json'), 'utf8'));
  tree.write('apps/gateway/package.json', readFileSync(join(ROOT, 'apps/gateway/package.json'), 'utf8'));
  return tree;
}

const fromTree = (tree, file) => JSON.parse(tree.read(file, 'utf8'));

test('makes a library with sources, a spec and its configuration', async () => {
  const tree = workspace();
  await library(tree, { name: 'feature-store', kind: 'ml', runtime: 'any' });
  assert.deepEqual(fromTree(tree, 'libs/ml/feature-store/project.json').tags, [
    'scope:ml',
    'type:ml',
    'runtime:any',
  ]);
  assert.match(tree.read('libs/ml/feature-store/src/index.ts', 'utf8'), /\.\/feature-store/);
  assert.ok(tree.exists('libs/ml/feature-store/src/feature-store.spec.ts'));
});

test('makes a service on the versions that the others use', async () => {
  const tree = workspace();
  await service(tree, { name: 'scheduler' });
  const { dependencies } = fromTree(tree, 'apps/scheduler/package.json');
  assert.equal(dependencies['@nestjs/core'], read('apps/gateway/package.json').dependencies['@nestjs/core']);
  assert.match(tree.read('apps/scheduler/src/main.ts', 'utf8'), /SchedulerModule/);
});

test('refuses to write over a project', async () => {
  const tree = workspace();
  await library(tree, { name: 'twice', kind: 'platform' });
  await assert.rejects(library(tree, { name: 'twice', kind: 'platform' }), /exists already/);
});

const existing = ['apps', 'libs/platform', 'libs/ml'].flatMap((parent) =>
  readdirSync(join(ROOT, parent))
    .map((name) => ({ parent, name, folder: `${parent}/${name}` }))
    .filter(({ name, folder }) => name !== 'e2e' && existsSync(join(ROOT, folder, 'project.json'))),
);

for (const { parent, name, folder } of existing) {
  test(`${folder} could have come out of the generator`, async () => {
    const tree = workspace();
    const made = `${folder}`;
    const project = read(`${folder}/project.json`);
    const runtime = project.tags.find((tag) => tag.startsWith('runtime:')).slice('runtime:'.length);
    if (parent === 'apps') {
      tree.write('apps/gateway/package.json', readFileSync(join(ROOT, 'apps/gateway/package.json'), 'utf8'));
      await service(tree, { name });
    } else {
      await library(tree, { name, kind: parent.split('/')[1], runtime });
    }
    // Projects may add targets of their own.
    const { targets, ...rest } = fromTree(tree, `${made}/project.json`);
    const { targets: actualTargets, ...actualRest } = project;
    assert.deepEqual(actualRest, rest);
    for (const target of Object.keys(targets)) assert.ok(target in actualTargets, target);
    // … and configuration files of theirs to what is compiled.
    const { include, ...compiler } = fromTree(tree, `${made}/tsconfig.json`);
    const { include: actualInclude, ...actualCompiler } = read(`${folder}/tsconfig.json`);
    assert.deepEqual(actualCompiler, compiler);
    for (const pattern of include) assert.ok(actualInclude.includes(pattern), pattern);
    const { dependencies: _expected, ...expected } = fromTree(tree, `${made}/package.json`);
    const { dependencies: _d, devDependencies: _dd, ...actual } = read(`${folder}/package.json`);
    assert.deepEqual(actual, expected);
  });
}
