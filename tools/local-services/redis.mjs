// A real Redis (or Valkey) for development and tests.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { removeClaim, waitUntilUnclaimed, writeClaim } from './claim.mjs';
import { freePort, requireFree } from './ports.mjs';
import { findRedisServer } from './redis-server.mjs';
import { passwordIn } from './secrets.mjs';
import { spawnSupervised, waitForExit } from './supervised.mjs';

const READY_MS = 60_000;
const STOP_MS = 20_000;

/**
 * Starts Redis on `dataDir`, which is made on first use. It stops with the process that called this.
 * @param {{ dataDir: string, port?: number, log?: (line: string) => void }} options port 0 takes a free one
 * @returns {Promise<import('./postgres.mjs').LocalService>}
 */
export async function startRedis({ dataDir, port = 0, log = () => {} }) {
  const folder = resolve(dataDir);
  mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o700 });
  await waitUntilUnclaimed(folder, 'Redis');
  if (port !== 0) await requireFree(port, 'Redis');
  const program = await findRedisServer(log);
  const password = passwordIn(join(folder, 'password'));

  for (let tries = 1; ; tries += 1) {
    const chosen = port === 0 ? await freePort() : port;
    const server = await launch({ folder, program, password, port: chosen });
    if (server.ready) {
      const url = `redis://:${password}@127.0.0.1:${chosen}/0`;
      return service(server, folder, url, chosen);
    }
    const said = server.logTail();
    const lostTheRace = port === 0 && /already in use|could not create server/i.test(said);
    if (tries >= 10 || !lostTheRace) throw new Error(`Redis did not start.\n${said}`);
  }
}

async function launch({ folder, program, password, port }) {
  const config = join(folder, 'redis.conf');
  const inDocker = program.kind === 'docker';
  const container = `modelyard-redis-${process.pid}-${port}`;
  // A file, because a password on the command line shows in the list of processes.
  rmSync(config, { force: true });
  writeFileSync(config, settings(inDocker ? '/data' : join(folder, 'data'), password, port, inDocker), {
    mode: 0o600,
  });
  const owner = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const server = await spawnSupervised({
    command: inDocker
      ? ['docker', 'run', '--rm', `--name=${container}`, `--user=${owner}`, `--publish=127.0.0.1:${port}:${port}`,
         `--volume=${config}:/redis.conf:ro`, `--volume=${join(folder, 'data')}:/data`, program.image, 'redis-server', '/redis.conf'] // prettier-ignore
      : [program.path, config],
    stopSignal: 'TERM',
    logFile: join(folder, 'redis.log'),
    cwd: folder,
    env: inDocker ? { HOME: process.env.HOME ?? '/' } : program.env,
  });
  writeClaim(folder, server.pid);
  const kill = inDocker
    ? () => promisify(execFile)('docker', ['kill', container]).catch(() => {})
    : async () => server.signal('SIGKILL');
  const deadline = Date.now() + READY_MS;
  while (server.running() && Date.now() < deadline) {
    if (await answersPing(port, password)) return { ...server, kill, ready: true };
    await delay(15);
  }
  await kill();
  await waitForExit(server, STOP_MS);
  return { ...server, kill, ready: false };
}

/** What BullMQ needs (noeviction), and what "accepted is never lost" needs (AOF). */
function settings(dataDir, password, port, inDocker) {
  return [
    `port ${port}`,
    `bind ${inDocker ? '0.0.0.0' : '127.0.0.1'}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(dataDir)}`,
    'daemonize no',
    'appendonly yes',
    'appendfsync everysec',
    'auto-aof-rewrite-min-size 16mb',
    'save ""',
    'maxmemory-policy noeviction',
    'databases 1024',
    'logfile ""',
    '',
  ].join('\n');
}

/** One AUTH and PING over a plain socket; while Redis loads its data it answers -LOADING. */
function answersPing(port, password) {
  return new Promise((answer) => {
    const socket = connect({ host: '127.0.0.1', port });
    let said = '';
    const end = (ready) => {
      socket.destroy();
      answer(ready);
    };
    socket.setTimeout(1000, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (text) => {
      said += text;
      if (said.includes('+OK') && said.includes('+PONG')) end(true);
      else if (said.includes('-')) end(false);
    });
  });
}

function service(server, folder, url, port) {
  const end = async (signal) => {
    await signal();
    await waitForExit(server, STOP_MS);
    removeClaim(folder);
  };
  return {
    url,
    port,
    pid: server.pid,
    stop: () => end(() => server.signal('SIGTERM')),
    kill: () => end(server.kill),
  };
}
