import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** How long a service that keeps failing is left alone before it is started again, in milliseconds. */
const FIRST_BACKOFF = 200;
const LONGEST_BACKOFF = 5_000;
/** A process that lived so long has recovered: its next failure counts as its first. */
const STABLE_AFTER = 10_000;

/** Keeps one service running: what ends without being asked to is started again, as Kubernetes would. */
export class SupervisedProcess {
  #child;
  #stopping = false;
  #backoff = FIRST_BACKOFF;
  #timer;

  /**
   * @param {{ name: string, script: string, env: Record<string, string>, cwd: string, log: string, nodeArgs?: string[],
   *   onStart?: (pid: number) => void, onExit?: (reason: string) => void }} options
   */
  constructor(options) {
    this.options = options;
    this.name = options.name;
    this.restarts = 0;
  }

  get pid() {
    return this.#child?.pid;
  }

  start() {
    const { script, env, cwd, log, nodeArgs = [] } = this.options;
    const file = openSync(log, 'a', 0o600);
    const startedAt = Date.now();
    const child = spawn(process.execPath, [...nodeArgs, script], {
      cwd,
      env,
      stdio: ['ignore', file, file],
      // A group of its own: Ctrl-C in the terminal reaches the stack alone, which then stops all in order.
      detached: true,
    });
    closeSync(file);
    this.#child = child;
    if (child.pid !== undefined) this.options.onStart?.(child.pid);
    child.on('error', () => {});
    child.on('exit', (code, signal) => {
      if (this.#stopping || this.#child !== child) return;
      if (Date.now() - startedAt > STABLE_AFTER) this.#backoff = FIRST_BACKOFF;
      this.restarts += 1;
      this.options.onExit?.(signal ?? `exit ${code}`);
      this.#timer = setTimeout(() => this.start(), this.#backoff);
      this.#backoff = Math.min(this.#backoff * 2, LONGEST_BACKOFF);
    });
  }

  /** Stops the process and starts it anew. @param {number} graceMs */
  async restart(graceMs) {
    await this.stop(graceMs);
    this.#stopping = false;
    this.start();
  }

  /** Asks the process to end, and makes it after the grace. @param {number} graceMs */
  async stop(graceMs) {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(killer);
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
