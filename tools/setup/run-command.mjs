import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROOT } from './paths.mjs';

/** A step of the set-up that failed; its message is all that a person needs to read. */
export class SetupError extends Error {}

/**
 * Runs a command to its end, its output into a log file (or through, without one).
 * @param {string} command @param {string[]} args
 * @param {{ log?: string, env?: Record<string, string | undefined>, cwd?: string, what?: string }} [options]
 * @returns {Promise<void>} rejects with SetupError that holds the last lines of the output
 */
export function runCommand(command, args, { log, env = {}, cwd = ROOT, what = command } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: log === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let tail = '';
    if (log !== undefined) {
      mkdirSync(dirname(log), { recursive: true });
      const file = createWriteStream(log, { flags: 'a' });
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk) => {
          file.write(chunk);
          tail = (tail + chunk).slice(-2000);
        });
      }
      child.on('close', () => file.end());
    }
    child.on('error', (error) => reject(new SetupError(`${what} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else {
        const lines = tail.trim().split('\n').slice(-12).join('\n');
        reject(
          new SetupError(
            `${what} failed (${signal ?? `exit ${code}`}).${log === undefined ? '' : ` The whole output is in ${log}.`}${lines && `\n${lines}`}`,
          ),
        );
      }
    });
  });
}
