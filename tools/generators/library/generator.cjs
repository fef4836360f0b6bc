const { join } = require('node:path');
const { VERSION } = require('../layout/project.cjs');
const { writeProject } = require('../layout/write-project.cjs');

/**
 * nx generate ./tools/generators:library trees --kind=ml --runtime=any
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string, kind: 'platform' | 'ml', runtime?: 'node' | 'any' }} options
 */
module.exports = async function library(tree, { name, kind, runtime = 'node' }) {
  await writeProject(tree, {
    name,
    folder: `libs/${kind}/${name}`,
    projectName: `${kind}-${name}`,
    projectType: 'library',
    tags: [`scope:${kind}`, `type:${kind}`, `runtime:${runtime}`],
    dependencies: { '@modelyard/contracts': VERSION },
    templates: join(__dirname, 'files'),
  });
};
