import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const START = resolve(__dirname, '../../../../tools/local-services/start.mjs');

/** A server for one test alone, which may hurt it. It keeps its data, its port and its URL over a restart. */
export interface OwnServer {
  readonly url: string;
  /** Clean shutdown. The data stays until `remove`. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill9(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** Starts a PostgreSQL of the test's own, for tests that stop and kill it. Takes about 1.5 s. */
export function startPostgresServer(): Promise<OwnServer> {
  return startServer('postgres');
}

/** Starts a Redis of the test's own, for tests that stop and kill it. Takes about 0.2 s. */
export function startRedisServer(): Promise<OwnServer> {
  return startServer('redis');
}

interface Running {
  child: ChildProcess;
  pid: number;
  port: number;
  url: string;
}

async function startServer(kind: 'postgres' | 'redis'): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), `modelyard-own-${kind}-`));
  chmodSync(folder, 0o711); // PostgreSQL's user, who is not root, passes through
  const first = await launch(kind, folder, 0);
  let running: Running | undefined = first;

  const stop = async (): Promise<void> => {
    if (running === undefined) return;
    const { child } = running;
    running = undefined;
    const exited = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
    child.stdin?.end();
    await exited;
  };
  return {
    url: first.url,
    stop,
    kill9: async () => {
      if (running !== undefined) process.kill(running.pid, 'SIGKILL');
      await stop();
    },
    start: async () => {
      running ??= await launch(kind, folder, first.port);
    },
    remove: async () => {
      await stop();
      // Backends of a killed PostgreSQL may write for a moment longer.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

async function launch(kind: string, folder: string, port: number): Promise<Running> {
  const child = spawn(process.execPath, [START, `--${kind}=${port}`, '--data', folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += String(text)));
  const line = await new Promise<string>((said, failed) => {
    createInterface(child.stdout).once('line', said);
    child.once('error', failed);
    child.once('exit', () => failed(new Error(`${kind} did not start. ${complaints}`)));
  });
  const service = (JSON.parse(line) as Record<string, Omit<Running, 'child'>>)[kind];
  if (service === undefined) throw new Error(`Unexpected answer of ${START}: ${line}`);
  return { child, ...service };
}
