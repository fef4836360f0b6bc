// node tools/setup/complete-lockfile.mjs
// Adds the optional platform packages that a registry did not carry when the lockfile was written: without them
// `npm ci` refuses the lockfile, on every platform. Run it after `npm install` behind such a registry.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const file = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = completeLockfile(lock.packages);
if (added.length > 0) {
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
process.stdout.write(`${added.length} entries added\n`);

/** @param {Record<string, any>} packages the lockfile's entries, which are added to */
function completeLockfile(packages) {
  const names = [];
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries({ ...packages })) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!/^\d/.test(version) || isFound(packages, path, name)) continue;
      packages[`node_modules/${name}`] = {
        version,
        ...(dev ? { dev } : {}),
        optional: true,
        ...platformOf(name),
      };
      names.push(name);
    }
  }
  return names;
}

/** As Node resolves: beside the dependent, or in any folder above. */
function isFound(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true;
    if (at === '' || !at.includes('/node_modules/')) {
      return packages[`node_modules/${name}`] !== undefined;
    }
  }
}

/** Platform packages say in their names what they are for: `…-darwin-arm64`, `…-linux-x64-musl`. */
function platformOf(name) {
  const [, os, cpu] = /-(darwin|linux|win32|freebsd|android|openharmony)-([a-z0-9]+)/.exec(name) ?? [];
  return os === undefined ? {} : { os: [os], cpu: [cpu] };
}
