import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface LogLine {
  msg?: string;
  trainerPid?: number;
  importerPid?: number;
  [key: string]: unknown;
}

/** The training service in a process of its own, from its sources. */
export class ServiceUnderTest {
  readonly logs: LogLine[] = [];
  readonly errors: string[] = [];

  private constructor(private readonly child: ChildProcess) {}

  static async start(env: Record<string, string>): Promise<ServiceUnderTest> {
    const child = spawn(
      process.execPath,
      ['-r', join(__dirname, 'compile-sources.cjs'), join(__dirname, '../main.ts')],
      {
        env: {
          ...process.env,
          NODE_ENV: 'test',
          PORT: '0',
          INTERNAL_TOKEN_SECRET: 'a-secret-of-the-tests-with-32-characters',
          TRAINING_CHECKPOINT_INTERVAL_MS: '0',
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const service = new ServiceUnderTest(child);
    createInterface(child.stderr).on('line', (line) => service.errors.push(line));
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`exited with ${code}: ${service.errors.join('\n')}`)));
      createInterface(child.stdout).on('line', (text) => {
        const line = text.startsWith('{') ? (JSON.parse(text) as LogLine) : { msg: text };
        service.logs.push(line);

        if (line.msg === 'training is ready') resolve();
      });
    });
    return service;
  }

  /** The trainers that it started so far, in order. */
  get trainerPids(): number[] {
    return this.logs.flatMap(({ msg, trainerPid }) =>
      msg === 'trainer started' && trainerPid !== undefined ? [trainerPid] : [],
    );
  }

  /** The importers that it started so far, in order. */
  get importerPids(): number[] {
    return this.logs.flatMap(({ msg, importerPid }) =>
      msg === 'importer started' && importerPid !== undefined ? [importerPid] : [],
    );
  }

  /** @returns the exit code, null when a signal ended it */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    const [code] = (await exited) as [number | null];
    return code;
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
