// The files that every project of ours has, and what stands in them.
const { offsetFromRoot } = require('@nx/devkit');

const VERSION = '0.1.0';
const TARGETS = { build: {}, lint: {}, typecheck: {}, test: {}, 'int-test': {} };

/**
 * @param {{ folder: string, projectName: string, projectType: 'application' | 'library', tags: string[] }} project
 */
function projectJson({ folder, projectName, projectType, tags }) {
  return {
    name: projectName,
    $schema: `${offsetFromRoot(folder)}node_modules/nx/schemas/project-schema.json`,
    projectType,
    sourceRoot: `${folder}/src`,
    tags,
    targets: TARGETS,
  };
}

/** Libraries are read from source by the compiler and by tests, and from dist by Node. */
function packageJson({ projectName, projectType, dependencies = {} }) {
  const workspace = {
    name: `@modelyard/${projectName}`,
    version: VERSION,
    private: true,
    license: 'Apache-2.0',
  };
  const entry =
    projectType === 'library'
      ? {
          main: './dist/index.js',
          types: './src/index.ts',
          exports: { '.': { types: './src/index.ts', default: './dist/index.js' } },
        }
      : {};
  return { ...workspace, ...entry, ...(Object.keys(dependencies).length === 0 ? {} : { dependencies }) };
}

function tsconfigJson({ folder }) {
  return { extends: `${offsetFromRoot(folder)}tsconfig.base.json`, include: ['src/**/*.ts'] };
}

module.exports = { projectJson, packageJson, tsconfigJson, VERSION };
