// node tools/images/production-tree.mjs <app> <folder>
// Lays out what an image of one app holds, before `npm ci --omit=dev` there: the compiled code of the app and of the
// libraries it depends on, with manifests that name no development dependencies, and the unchanged lockfile.
// `npm ci --workspace` alone would also bring every library's test libraries, because workspaces are linked whole.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../setup/paths.mjs';
import { neededBy, readWorkspaces } from './workspaces.mjs';

/** Training's image is finished by the set-up of native TensorFlow, which resolves its packages from where it lies. */
const ALSO = { training: ['@modelyard/tools-native-tensorflow'] };

/**
 * @param {{ app: string, root: string, folder: string }} job
 * @returns {string[]} the paths of the workspaces that were laid out
 * @throws Error when there is no such app, or something is not compiled
 */
export function layOutProductionTree({ app, root, folder }) {
  const needed = neededBy(readWorkspaces(root), [`@modelyard/${app}`, ...(ALSO[app] ?? [])]);
  for (const { path, manifest } of needed) {
    const target = join(folder, path);
    mkdirSync(target, { recursive: true });
    if (path.startsWith('tools/')) cpSync(join(root, path), target, { recursive: true, filter: isNoModule });
    else copyCompiled(join(root, path), target);
    writeManifest(target, manifest);
  }
  const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const paths = needed.map(({ path }) => path);
  writeManifest(folder, { ...manifest, workspaces: paths, scripts: undefined });
  for (const name of ['package-lock.json', '.npmrc']) cpSync(join(root, name), join(folder, name));
  return paths;
}

function copyCompiled(from, to) {
  if (!existsSync(join(from, 'dist'))) throw new Error(`${from} is not compiled: build the app first`);
  cpSync(join(from, 'dist'), join(to, 'dist'), { recursive: true });
}

const isNoModule = (path) => !path.includes('node_modules') && !path.endsWith('.test.mjs');

function writeManifest(folder, { devDependencies: _, ...manifest }) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [app, folder] = process.argv.slice(2);
  if (!app || !folder) {
    process.stderr.write('usage: node tools/images/production-tree.mjs <app> <folder>\n');
    process.exit(2);
  }
  const paths = layOutProductionTree({ app, root: ROOT, folder: resolve(folder) });
  process.stdout.write(`${paths.join('\n')}\n`);
}
