import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sha256Of } from './checksum.mjs';
import { lastLine, runCommand } from './run-command.mjs';

const require = createRequire(import.meta.url);
const NAPI_VERSION = '8';
const FLAGS = [
  '-std=c++17',
  '-O2',
  '-fPIC',
  '-shared',
  `-DNAPI_VERSION=${NAPI_VERSION}`,
  '-DBUILDING_NODE_EXTENSION',
];
// Relative to the addon, so that one compiled file serves every checkout: deps/lib is a link into the cache.
const RPATH = '-Wl,-rpath,$ORIGIN/../../deps/lib';
const LIBRARIES = ['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'];

/** Where @tensorflow/tfjs-node-gpu is installed. @throws Error when it is not */
export function findPackage() {
  try {
    return dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
  } catch {
    throw new Error('@tensorflow/tfjs-node-gpu is not installed: run npm ci first');
  }
}

/** @param {string} packageDir */
export const addonPath = (packageDir) =>
  join(packageDir, 'lib', `napi-v${NAPI_VERSION}`, 'tfjs_binding.node');
const librariesLink = (packageDir) => join(packageDir, 'deps', 'lib');

/** Node-API's headers: the pinned package, so that no Node installation has to bring any. */
function nodeHeaders() {
  return require('node-api-headers').include_dir;
}

/** Names a compiled addon by what it was compiled from. @param {string} packageDir */
export async function addonKey(packageDir) {
  const binding = join(packageDir, 'binding');
  const hash = createHash('sha256').update(JSON.stringify([FLAGS, RPATH, LIBRARIES, process.arch]));
  for (const name of (await readdir(binding)).sort())
    hash.update(name).update(await readFile(join(binding, name)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Compiles the package's binding against the libraries of a cache entry.
 * @param {{ packageDir: string, sitePackages: string, compiler: string, output: string }} job
 */
export async function compileAddon({ packageDir, sitePackages, compiler, output }) {
  const libraries = join(sitePackages, 'tensorflow');
  const binding = join(packageDir, 'binding');
  const sources = (await readdir(binding)).filter((name) => name.endsWith('.cc')).sort();
  const args = [
    ...FLAGS,
    ...['-I', join(libraries, 'include'), '-I', nodeHeaders()],
    ...sources.map((name) => join(binding, name)),
    ...['-o', output, '-L', libraries, ...LIBRARIES, RPATH],
  ];
  const { ok, output: said } = await runCommand(compiler, args);
  if (!ok) {
    const firstError = said.split('\n').find((line) => line.includes('error')) ?? lastLine(said);
    throw new Error(`${compiler} could not compile the TensorFlow binding: ${firstError}`);
  }
}

/**
 * Puts the addon where the package looks for it, and links the libraries beside it.
 * @returns {Promise<boolean>} whether anything had to change
 */
export async function placeAddon({ packageDir, compiled, sitePackages }) {
  const target = addonPath(packageDir);
  const link = librariesLink(packageDir);
  const libraries = join(sitePackages, 'tensorflow');
  const linked = (await readlink(link).catch(() => undefined)) === libraries;
  const same = existsSync(target) && (await sha256Of(target)) === (await sha256Of(compiled));
  if (linked && same) return false;
  await replace(target, (path) => copyFile(compiled, path));
  if (!linked) {
    await rm(link, { recursive: true, force: true }); // a folder of the package's own download cannot be renamed over
    await replace(link, (path) => symlink(libraries, path));
  }
  return true;
}

/** Writes beside the target and renames, so that no one ever reads half a file. */
async function replace(target, write) {
  await mkdir(dirname(target), { recursive: true });
  const beside = `${target}.${randomUUID()}`;
  try {
    await write(beside);
    await rename(beside, target);
  } finally {
    await rm(beside, { force: true });
  }
}

/** @returns {Promise<string | undefined>} the folder of libraries that the package is linked to */
export const linkedLibraries = (packageDir) => readlink(librariesLink(packageDir)).catch(() => undefined);
