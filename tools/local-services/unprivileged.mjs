// PostgreSQL refuses to run as root. Root therefore runs it as an unprivileged user, who must reach its files.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const NOBODY = 65534;
const ELSEWHERE = '/var/lib/modelyard';
/** Names, in a folder there, the link that leads to it. */
const ORIGIN = 'origin';

/** The user and group to run as, or undefined when this process is unprivileged already. */
export function unprivilegedUser() {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
}

/** Can the user enter `folder`? Every folder above must let it through. */
export function canReach(folder, user) {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const { mode, uid, gid } = statSync(path);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/**
 * A folder that the user owns: `<parent>/<name>`, or, when a folder above is closed to that user (a clone under /root
 * is), a link of that name to a folder under /var/lib/modelyard. Removing the link and starting again begins anew.
 * @returns {string} the real folder
 */
export function folderOf(user, parent, name) {
  const wanted = join(resolve(parent), name);
  if (user === undefined) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return wanted;
  }
  const existing = lstatSync(wanted, { throwIfNoEntry: false });
  const elsewhere = join(ELSEWHERE, createHash('sha256').update(wanted).digest('hex').slice(0, 16));
  if (existing?.isSymbolicLink()) {
    if (statSync(wanted, { throwIfNoEntry: false }) !== undefined) return readlinkSync(wanted);
    rmSync(wanted); // its target was removed
  }
  if (canReach(parent, user)) return own(wanted, user);
  if (existing?.isDirectory()) {
    throw new Error(
      `PostgreSQL runs as user ${user.uid}, who cannot reach its data in ${wanted}. ` +
        'Make the folders above it executable for others (chmod o+x), or move the data.',
    );
  }
  removeOrphans();
  rmSync(elsewhere, { recursive: true, force: true });
  symlinkSync(elsewhere, wanted); // first, or another starter would take the folder for an orphan
  own(elsewhere, user);
  writeFileSync(join(elsewhere, ORIGIN), wanted);
  return elsewhere;
}

/** Data of links that lay in the temporary folder and are gone: nobody can want it back. Other links may return. */
function removeOrphans() {
  for (const name of existsSync(ELSEWHERE) ? readdirSync(ELSEWHERE) : []) {
    const folder = join(ELSEWHERE, name);
    const origin = join(folder, ORIGIN);
    const link = existsSync(origin) ? readFileSync(origin, 'utf8') : '';
    const temporary = link.startsWith(join(tmpdir(), '/'));
    if (temporary && lstatSync(link, { throwIfNoEntry: false }) === undefined) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function own(folder, { uid, gid }) {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return folder;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  chownSync(folder, uid, gid);
  return folder;
}
