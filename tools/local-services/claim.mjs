// One data folder, one server: who runs it is written beside the data.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const CLAIM = 'running.json';
const ORPHAN_STOP_MS = 20_000;

/**
 * Makes sure that no server works on the folder. A server whose starter is gone is on its way out (its keeper stops
 * it): it is waited for, and killed when that takes too long. A server whose starter lives is an error.
 */
export async function waitUntilUnclaimed(dataDir, name) {
  const claim = readClaim(dataDir);
  if (claim === undefined || !isSame(claim.server)) return;
  if (isSame(claim.starter) && claim.starter.pid !== process.pid) {
    throw new Error(
      `${name} is already running on ${dataDir}: process ${claim.server.pid}, started by process ${claim.starter.pid}. ` +
        'Stop that one first, or choose another folder.',
    );
  }
  const deadline = Date.now() + ORPHAN_STOP_MS;
  while (isSame(claim.server)) {
    if (Date.now() > deadline) process.kill(claim.server.pid, 'SIGKILL');
    await delay(50);
  }
}

export function writeClaim(dataDir, serverPid) {
  const claim = { server: identity(serverPid), starter: identity(process.pid) };
  writeFileSync(join(dataDir, CLAIM), JSON.stringify(claim), { mode: 0o600 });
}

export function removeClaim(dataDir) {
  rmSync(join(dataDir, CLAIM), { force: true });
}

function readClaim(dataDir) {
  try {
    return JSON.parse(readFileSync(join(dataDir, CLAIM), 'utf8'));
  } catch {
    return undefined; // none, or half-written by a starter that died: then its server died with it
  }
}

/** A process id alone may have been given to another process since; with its start time it is one process. */
function identity(pid) {
  return { pid, startedAt: startTimeOf(pid) };
}

function isSame({ pid, startedAt }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  const now = startTimeOf(pid);
  return now !== 'gone' && now === startedAt;
}

/** Clock ticks since boot, from the 22nd field of /proc/<pid>/stat; the second field may hold spaces and brackets. */
function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : fields[19];
  } catch {
    return null; // no /proc: macOS
  }
}
