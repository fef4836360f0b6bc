// A real PostgreSQL 18 for development and tests, on a machine that has none.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { removeClaim, waitUntilUnclaimed, writeClaim } from './claim.mjs';
import { freePort, requireFree } from './ports.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { ensureCluster, OWNER } from './postgres-cluster.mjs';
import { postgresSettings } from './postgres-settings.mjs';
import { passwordIn } from './secrets.mjs';
import { spawnSupervised, waitForExit } from './supervised.mjs';
import { folderOf, unprivilegedUser } from './unprivileged.mjs';

const READY_MS = 60_000;
const STOP_MS = 20_000;

/**
 * @typedef {object} LocalService
 * @property {string} url with the password in it
 * @property {number} port on 127.0.0.1
 * @property {number} pid
 * @property {() => Promise<void>} stop clean: PostgreSQL's fast shutdown, Redis's SIGTERM
 * @property {() => Promise<void>} kill SIGKILL, for fault tests; resolves when the process is gone
 */

/**
 * Starts PostgreSQL on `dataDir`, which is made on first use. It stops with the process that called this.
 * @param {{ dataDir: string, port?: number, log?: (line: string) => void }} options port 0 takes a free one
 * @returns {Promise<LocalService>}
 */
export async function startPostgres({ dataDir, port = 0, log = () => {} }) {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  await waitUntilUnclaimed(folder, 'PostgreSQL');
  if (port !== 0) await requireFree(port, 'PostgreSQL');
  const user = unprivilegedUser();
  const password = passwordIn(join(folder, 'password'));
  const binaries = await postgresBinaries(user, log);
  const cluster = await ensureCluster({
    home: folderOf(user, folder, 'data'),
    binaries,
    password,
    user,
    log,
  });

  for (let tries = 1; ; tries += 1) {
    const chosen = port === 0 ? await freePort() : port;
    const attempt = await launch({ folder, cluster, binaries, user, port: chosen });
    if (attempt.ready) {
      const url = `postgresql://${OWNER}:${password}@127.0.0.1:${chosen}/${OWNER}`;
      return service(attempt.server, folder, url, chosen);
    }
    const said = attempt.server.logTail();
    const lostTheRace = port === 0 && said.includes('could not bind');
    // After a SIGKILL, backends of the dead server may hold its shared memory for a moment.
    const memoryStillHeld = said.includes('pre-existing shared memory block');
    if (tries >= 20 || !(lostTheRace || memoryStillHeld))
      throw new Error(`PostgreSQL did not start.\n${said}`);
    await delay(100);
  }
}

async function launch({ folder, cluster, binaries, user, port }) {
  // No server works on this folder (its claim says so), so a file that says otherwise is stale; its process id
  // may belong to another process by now, and PostgreSQL would then refuse to start.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  const server = await spawnSupervised({
    command: [join(binaries, 'postgres'), '-D', cluster, ...postgresSettings(port)],
    stopSignal: 'INT',
    logFile: join(folder, 'postgres.log'),
    ...user,
  });
  writeClaim(folder, server.pid);
  const deadline = Date.now() + READY_MS;
  while (server.running() && Date.now() < deadline) {
    if (isReady(cluster, server.pid)) return { server, ready: true };
    await delay(15);
  }
  server.signal('SIGKILL');
  await waitForExit(server, STOP_MS);
  return { server, ready: false };
}

/** PostgreSQL writes its process id in the first line of postmaster.pid, and its state in the eighth. */
function isReady(cluster, pid) {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

function service(server, folder, url, port) {
  const end = async (signal) => {
    server.signal(signal);
    await waitForExit(server, STOP_MS);
    removeClaim(folder);
  };
  return { url, port, pid: server.pid, stop: () => end('SIGINT'), kill: () => end('SIGKILL') };
}
