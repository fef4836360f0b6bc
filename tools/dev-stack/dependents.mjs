import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What every service is made of, read off the package.json files.
 * @param {string} root the repository's root folder
 * @returns {Map<string, Set<string>>} service name → folders (`libs/ml/onnx`) of itself and all libraries that it stands on
 */
export function foldersByService(root) {
  const folders = new Map();
  for (const parent of ['apps', 'libs', 'libs/platform', 'libs/ml']) {
    for (const name of readdirSync(join(root, parent))) {
      const file = join(root, parent, name, 'package.json');
      if (existsSync(file)) {
        const { name: packageName, dependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
        folders.set(packageName, { folder: `${parent}/${name}`, dependencies: Object.keys(dependencies) });
      }
    }
  }
  const services = new Map();
  for (const { folder } of folders.values()) {
    if (!folder.startsWith('apps/')) continue;
    const found = new Set();
    const visit = (packageName) => {
      const entry = folders.get(packageName);
      if (entry === undefined || found.has(entry.folder)) return;
      found.add(entry.folder);
      entry.dependencies.forEach(visit);
    };
    const name = folder.slice('apps/'.length);
    visit(`@modelyard/${name}`);
    services.set(name, found);
  }
  return services;
}

/**
 * The services that a change concerns.
 * @param {Map<string, Set<string>>} services from foldersByService
 * @param {Iterable<string>} files relative to the root, with forward slashes
 */
export function servicesConcernedBy(services, files) {
  const changed = [...files];
  return [...services]
    .filter(([, folders]) =>
      changed.some((file) => [...folders].some((folder) => file.startsWith(`${folder}/`))),
    )
    .map(([name]) => name);
}
