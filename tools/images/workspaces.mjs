import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ path: string, manifest: { name: string, dependencies?: Record<string, string> } & Record<string, unknown> }} Workspace */

/**
 * Every workspace of a repository, by its package's name.
 * @param {string} root @returns {Map<string, Workspace>}
 */
export function readWorkspaces(root) {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folders = workspaces.flatMap((pattern) =>
    pattern.endsWith('/*')
      ? readdirSync(join(root, pattern.slice(0, -2))).map((name) => join(pattern.slice(0, -2), name))
      : [pattern],
  );
  const found = new Map();
  for (const path of folders) {
    const file = join(root, path, 'package.json');
    if (!existsSync(file)) continue;
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    found.set(manifest.name, { path, manifest });
  }
  return found;
}

/**
 * What a package needs of its own repository to run: itself, and the workspaces that it depends on, directly or not.
 * @param {Map<string, Workspace>} workspaces @param {string[]} names
 * @returns {Workspace[]} sorted by path
 * @throws Error when a name is no workspace
 */
export function neededBy(workspaces, names) {
  const needed = new Map();
  const visit = (name) => {
    if (needed.has(name)) return;
    const workspace = workspaces.get(name);
    if (workspace === undefined) throw new Error(`no workspace is named ${name}`);
    needed.set(name, workspace);
    for (const dependency of Object.keys(workspace.manifest.dependencies ?? {})) {
      if (workspaces.has(dependency)) visit(dependency);
    }
  };
  names.forEach(visit);
  return [...needed.values()].sort((a, b) => a.path.localeCompare(b.path));
}
