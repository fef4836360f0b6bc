const { join } = require('node:path');
const { readJson } = require('@nx/devkit');
const { VERSION } = require('../layout/project.cjs');
const { writeProject } = require('../layout/write-project.cjs');

const PLATFORM = ['config', 'errors', 'observability', 'access', 'service'].map(
  (lib) => `@modelyard/platform-${lib}`,
);
const FRAMEWORK = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
  'class-transformer',
  'class-validator',
  'fastify',
  'reflect-metadata',
  'rxjs',
];

/**
 * nx generate ./tools/generators:service monitor
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string }} options
 */
module.exports = async function service(tree, { name }) {
  // The same versions as every other service: they are read off the gateway's own list.
  const { dependencies: pinned } = readJson(tree, 'apps/gateway/package.json');
  const dependencies = Object.fromEntries([
    ['@modelyard/contracts', VERSION],
    ...PLATFORM.map((lib) => [lib, VERSION]),
    ...FRAMEWORK.map((dependency) => [dependency, pinned[dependency]]),
  ]);
  await writeProject(tree, {
    name,
    folder: `apps/${name}`,
    projectName: name,
    projectType: 'application',
    tags: [`scope:${name}`, 'type:app', 'runtime:node'],
    dependencies,
    templates: join(__dirname, 'files'),
  });
};
