import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../setup/paths.mjs';
import { configurationPage, environmentExample } from './configuration.mjs';

const variable = {
  name: 'A',
  description: 'What it is.',
  required: true,
  secret: true,
  example: 'x',
  rules: ['must be a | b'],
};

test('no value of a secret stands in the example, and nothing breaks the table', () => {
  const services = [
    { name: 'one', variables: [variable] },
    { name: 'two', variables: [variable] },
  ];
  assert.match(
    environmentExample(services),
    /# What it is\. Read by one, two\.\n# It must be a \| b\.\nA=\n/,
  );
  assert.match(
    configurationPage(services),
    /\| `A` \| What it is\. \*Secret\.\* \| \*\*required\*\* \| must be a \\\| b \|/,
  );
});

test('.env.example and docs/CONFIGURATION.md are what the configuration classes say', () => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/docs/generate.mjs', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('every link between the pages leads somewhere', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(ROOT, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const broken = [];
  for (const page of pages) {
    for (const [, target] of readFileSync(join(ROOT, page), 'utf8').matchAll(
      /\]\(([^)#\s]+)(?:#[^)]*)?\)/g,
    )) {
      if (/^[a-z]+:/.test(target)) continue;
      if (!existsSync(resolve(ROOT, dirname(page), target))) broken.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});
