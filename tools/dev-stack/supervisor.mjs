import { readFileSync } from 'node:fs';
import { spawnSupervised, waitForExit } from '../local-services/supervised.mjs';

/** How long a service that keeps failing is left alone before it is started again, in milliseconds. */
const FIRST_BACKOFF = 200;
const LONGEST_BACKOFF = 5_000;
/** A process that lived so long has recovered: its next failure counts as its first. */
const STABLE_AFTER = 10_000;

/**
 * Keeps one service running: what ends without being asked to is started again, as Kubernetes would. It ends with the
 * process that started it, however that one ends.
 */
export class SupervisedProcess {
  #server;
  #stopping = false;
  #backoff = FIRST_BACKOFF;
  #timer;

  /**
   * @param {{ name: string, script: string, env: Record<string, string>, cwd: string, log: string,
   *   onStart?: (pid: number) => void, onExit?: () => void }} options
   */
  constructor(options) {
    this.options = options;
    this.name = options.name;
    this.restarts = 0;
  }

  get pid() {
    return this.#server?.pid;
  }

  async start() {
    const { script, env, cwd, log } = this.options;
    const startedAt = Date.now();
    const server = await spawnSupervised({
      command: [process.execPath, script],
      stopSignal: 'TERM',
      logFile: log,
      cwd,
      env,
    });
    this.#server = server;
    this.options.onStart?.(server.pid);
    void server.exited.then(() => {
      if (this.#stopping || this.#server !== server) return;
      if (Date.now() - startedAt > STABLE_AFTER) this.#backoff = FIRST_BACKOFF;
      this.restarts += 1;
      this.options.onExit?.();
      this.#timer = setTimeout(() => void this.start(), this.#backoff);
      this.#backoff = Math.min(this.#backoff * 2, LONGEST_BACKOFF);
    });
  }

  /** Stops the process and starts it anew. @param {number} graceMs */
  async restart(graceMs) {
    await this.stop(graceMs);
    this.#stopping = false;
    await this.start();
  }

  /** Asks the process to end, and makes it after the grace. @param {number} graceMs */
  async stop(graceMs) {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const server = this.#server;
    if (server === undefined || !server.running()) return;
    server.signal('SIGTERM');
    await waitForExit(server, graceMs);
  }

  /** The last lines that the process wrote, for a person who must know why it does not start. */
  lastWords(lines = 8) {
    try {
      return readFileSync(this.options.log, 'utf8').trim().split('\n').slice(-lines).join('\n');
    } catch {
      return '';
    }
  }
}
