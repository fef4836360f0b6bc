// Runs a server so that it never outlives the process that started it, not even when that one is killed with SIGKILL.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The keeper: a shell (0.3 MiB) that starts the server, says its process id, and waits. Its standard input is a pipe
 * from the starter: when the starter goes, however it goes, the pipe ends and the keeper stops the server itself.
 * The server is started with `&`, so it would get /dev/null as its input and ignore SIGINT; PostgreSQL and Redis both
 * install handlers of their own. `"$1"` is the signal for a clean stop.
 */
const KEEPER = `
stop_signal="$1"; shift
exec 4<&0
"$@" 3>&- 4<&- </dev/null &
server=$!
echo "$server" >&3
exec 3>&-
( while read -r _ <&4; do :; done
  kill -s "$stop_signal" "$server" 2>/dev/null
  tries=0
  while kill -0 "$server" 2>/dev/null; do
    tries=$((tries + 1)); [ "$tries" -gt 150 ] && kill -s KILL "$server" 2>/dev/null
    sleep 0.1
  done
) >/dev/null 2>&1 &
watcher=$!
exec 4<&-
wait "$server"; status=$?
kill -s KILL "$watcher" 2>/dev/null
exit "$status"
`;

const LOG_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * @typedef {object} Supervised
 * @property {number} pid the server's own process id
 * @property {Promise<void>} exited settles when the server is gone
 * @property {() => boolean} running
 * @property {(signal: NodeJS.Signals) => void} signal
 * @property {() => string} logTail the last lines that the server wrote since this start
 */

/**
 * @param {{ command: string[], stopSignal: 'INT' | 'TERM', logFile: string, cwd?: string, uid?: number, gid?: number,
 *   env?: Record<string, string> }} options
 * @returns {Promise<Supervised>}
 */
export async function spawnSupervised({ command, stopSignal, logFile, cwd = '/', uid, gid, env = {} }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  if (statSync(logFile).size > LOG_LIMIT_BYTES) truncateSync(logFile);
  const logStart = statSync(logFile).size;
  // A session of its own: Ctrl-C in the terminal must reach the starter alone, which then stops things in order.
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'keeper', stopSignal, ...command], {
    cwd,
    detached: true,
    stdio: ['pipe', log, log, 'pipe'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...env },
    ...(uid === undefined ? {} : { uid, gid: gid ?? uid }),
  });
  closeSync(log);
  let running = true;
  const exited = new Promise((resolve) => {
    const gone = () => {
      running = false;
      resolve();
    };
    keeper.once('exit', gone);
    keeper.once('error', gone);
  });
  keeper.stdin.on('error', () => {}); // the keeper went first
  const said = await Promise.race([once(keeper.stdio[3], 'data'), exited]);
  const logTail = () =>
    readFileSync(logFile).subarray(logStart).toString('utf8').trim().split('\n').slice(-12).join('\n');
  const pid = Number(String(said?.[0] ?? ''));
  if (!Number.isInteger(pid) || pid <= 0) throw new Error(`Could not run ${command[0]}.\n${logTail()}`);

  // Nothing here keeps the starter's event loop alive: a starter that simply ends takes the server with it.
  keeper.stdio[3].destroy();
  keeper.stdin.unref();
  keeper.unref();
  return {
    pid,
    exited,
    running: () => running,
    signal(signal) {
      try {
        if (running) process.kill(pid, signal);
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
    },
    logTail,
  };
}

/** Waits for the server's end; kills it if it takes longer than `timeoutMs`. Keeps the event loop alive meanwhile. */
export async function waitForExit(server, timeoutMs) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve('late'), timeoutMs);
  });
  const outcome = await Promise.race([server.exited, late]);
  clearTimeout(timer);
  if (outcome !== 'late') return;
  server.signal('SIGKILL');
  const keepAlive = setInterval(() => {}, 1000);
  await server.exited;
  clearInterval(keepAlive);
}
