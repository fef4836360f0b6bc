import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { sha256Of } from './checksum.mjs';

/** Raise it when the cache's layout changes: an older entry is then never read. */
const LAYOUT = 1;
const MANIFEST = 'manifest.json';

/** @typedef {{ path: string, size: number, modified: number, sha256: string }} CachedFile */

/** @param {Record<string, string | undefined>} env */
export function cacheRoot(env) {
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(base, 'modelyard', 'native-tensorflow');
}

/** @param {string} label readable part of the key @param {{ sha256: string }[]} wheels */
export function cacheKey(label, wheels) {
  const hash = createHash('sha256').update(JSON.stringify([LAYOUT, wheels.map((wheel) => wheel.sha256)]));
  return `${label}-${hash.digest('hex').slice(0, 12)}`;
}

/**
 * Whether an entry is whole: every file has the size and time that it was stored with, or else its checksum.
 * @param {string} entry @param {{ thorough?: boolean }} [options] thorough: read every byte, whatever its time says
 */
export async function isWhole(entry, { thorough = false } = {}) {
  const files = await readManifest(entry);
  if (files === undefined) return false;
  for (const file of files) {
    const path = join(entry, file.path);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.size !== file.size) return false;
    const untouched = found.mtimeMs === file.modified && !thorough;
    if (!untouched && (await sha256Of(path)) !== file.sha256) return false;
  }
  return true;
}

/**
 * Fills an entry: `fill` writes into a folder beside it, which takes the entry's name only when it is complete.
 * What a broken attempt leaves behind is swept away by the next one.
 * @param {string} entry @param {(folder: string) => Promise<string[]>} fill returns the paths that it wrote
 */
export async function fillEntry(entry, fill) {
  const partial = `${entry}.partial-${randomUUID()}`;
  await mkdir(partial, { recursive: true });
  try {
    const paths = await fill(partial);
    const files = [];
    for (const path of paths) {
      const { size, mtimeMs } = await stat(join(partial, path));
      files.push({ path, size, modified: mtimeMs, sha256: await sha256Of(join(partial, path)) });
    }
    await writeFile(join(partial, MANIFEST), JSON.stringify({ layout: LAYOUT, files }, null, 2));
    await rm(entry, { recursive: true, force: true });
    await rename(partial, entry);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** @returns {Promise<CachedFile[] | undefined>} */
async function readManifest(entry) {
  try {
    const manifest = JSON.parse(await readFile(join(entry, MANIFEST), 'utf8'));
    return manifest.layout === LAYOUT && Array.isArray(manifest.files) ? manifest.files : undefined;
  } catch {
    return undefined; // absent, or cut off by a full disk: the same as no entry
  }
}
