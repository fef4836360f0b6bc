const { formatFiles, generateFiles, joinPathFragments, names, writeJson } = require('@nx/devkit');
const { packageJson, projectJson, tsconfigJson } = require('./project.cjs');

/**
 * Writes a project's configuration and its first source files.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ folder: string, projectName: string, projectType: 'application' | 'library', tags: string[], name: string,
 *   dependencies?: Record<string, string>, templates: string, extra?: Record<string, string> }} project
 */
async function writeProject(tree, project) {
  const { folder, templates, name, extra = {} } = project;
  if (tree.exists(joinPathFragments(folder, 'project.json'))) throw new Error(`${folder} exists already.`);
  writeJson(tree, joinPathFragments(folder, 'package.json'), packageJson(project));
  writeJson(tree, joinPathFragments(folder, 'project.json'), projectJson(project));
  writeJson(tree, joinPathFragments(folder, 'tsconfig.json'), tsconfigJson(project));
  generateFiles(tree, templates, folder, { ...names(name), ...extra, template: '' });
  await formatFiles(tree);
}

module.exports = { writeProject };
