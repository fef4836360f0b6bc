import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from './client';

export const ROOT = resolve(__dirname, '../../../..');

export interface StackDescription {
  pid: number;
  url: string;
  adminKey: string;
  processes: Record<string, { pid: number; url?: string; port: number; log?: string }>;
}

/** The whole platform, started from its compiled code as `npm run demo` does, on data of its own. */
export class RunningStack {
  private constructor(
    private readonly process: ChildProcess,
    readonly folder: string,
    readonly url: string,
  ) {}

  static async start(folder = mkdtempSync(join(tmpdir(), 'modelyard-e2e-'))): Promise<RunningStack> {
    const child = spawn(process.execPath, ['tools/dev-stack/start.mjs', '--data', folder, '--port', '0'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Backing services of the integration tests are not this stack's.
      env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', NODE_ENV: 'production' },
    });
    let output = '';
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const url = await new Promise<string>((resolveUrl, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const line = output.split('\n')[0];
        if (output.includes('\n') && line !== undefined)
          resolveUrl((JSON.parse(line) as { url: string }).url);
      });
      child.on('exit', (code) => reject(new Error(`The stack did not start (exit ${code}): ${errors}`)));
    });
    return new RunningStack(child, folder, url);
  }

  /** What is where just now: process ids change when something is started again. */
  describe(): StackDescription {
    return JSON.parse(readFileSync(join(this.folder, 'stack.json'), 'utf8')) as StackDescription;
  }

  client(key = this.describe().adminKey): Client {
    return new Client(this.url, key);
  }

  /** kill -9, as the kernel does it when memory runs out. */
  kill(name: string): number {
    const pid = this.describe().processes[name]?.pid;
    if (pid === undefined) throw new Error(`nothing named ${name} runs`);
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  log(name: string): string {
    return readFileSync(join(this.folder, 'logs', `${name}.log`), 'utf8');
  }

  /** Ends the stack as Ctrl-C does. @returns the exit code */
  async stop(options: { keepData?: boolean } = {}): Promise<number | null> {
    const ended = new Promise<number | null>((resolveCode) => {
      if (this.process.exitCode !== null) resolveCode(this.process.exitCode);
      else this.process.once('exit', resolveCode);
    });
    this.process.kill('SIGINT');
    const code = await ended;
    if (options.keepData !== true) rmSync(this.folder, { recursive: true, force: true });
    return code;
  }
}
