import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { addonKey, compileAddon, placeAddon } from './addon.mjs';
import { cacheKey, cacheRoot, fillEntry, isWhole } from './cache.mjs';
import { findCompiler } from './compiler.mjs';
import { isKept, REQUIRED } from './contents.mjs';
import { downloadWheel } from './download.mjs';
import { TENSORFLOW_VERSION, wheelsFor } from './wheels.mjs';
import { unzip } from './zip.mjs';

/** Where the libraries for this machine are cached, or undefined where PyPI has none. */
export function entryFor(gpu, env = process.env) {
  const wheels = wheelsFor({ platform: process.platform, arch: process.arch, gpu });
  if (wheels === undefined) return undefined;
  const label = `tensorflow-${TENSORFLOW_VERSION}-${process.arch}-${gpu ? 'cuda' : 'cpu'}`;
  return { wheels, path: join(cacheRoot(env), cacheKey(label, wheels)) };
}

/**
 * Brings libraries and addon into the cache, and the addon into the package. The caller holds the lock.
 * @returns {Promise<{ changed: boolean, cached: boolean }>}
 */
export async function setUpFromPyPI({ entry, packageDir, say, download = downloadWheel }) {
  const cached = await isWhole(entry.path);
  if (!cached) {
    await sweep(entry.path);
    await fillEntry(entry.path, (folder) => fetchLibraries(entry.wheels, folder, { say, download }));
  }
  const sitePackages = join(entry.path, 'site-packages');
  const compiled = join(entry.path, 'addon', await addonKey(packageDir), 'tfjs_binding.node');
  if (!existsSync(compiled)) {
    const compiler = await findCompiler(say);
    say('compiling the TensorFlow binding');
    await mkdir(dirname(compiled), { recursive: true });
    const output = `${compiled}.${randomUUID()}`;
    try {
      await compileAddon({ packageDir, sitePackages, compiler, output });
      await rename(output, compiled);
    } finally {
      await rm(output, { force: true });
    }
  }
  return { cached, changed: await placeAddon({ packageDir, compiled, sitePackages }) };
}

async function fetchLibraries(wheels, folder, { say, download }) {
  const paths = [];
  for (const wheel of wheels) {
    say(`downloading ${wheel.name} ${wheel.version} from PyPI`);
    const downloads = join(folder, 'download');
    const archive = await download(wheel, downloads);
    const written = await unzip(archive, join(folder, 'site-packages'), isKept);
    paths.push(...written.map((path) => join('site-packages', path)));
    await rm(downloads, { recursive: true, force: true });
  }
  const missing = REQUIRED.find((path) => !paths.includes(join('site-packages', path)));
  if (missing !== undefined) throw new Error(`the wheel lacks ${missing}`);
  return paths;
}

/** Removes what attempts that died left beside the entry; no other attempt runs while the lock is held. */
async function sweep(entry) {
  const names = await readdir(dirname(entry)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(`${basename(entry)}.partial-`)) continue;
    await rm(join(dirname(entry), name), { recursive: true, force: true });
  }
}
