import { spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeoutMs?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} `output`: both streams, its last 8,000 characters
 */
export function runCommand(command, args, { cwd, env, timeoutMs = 1_800_000 } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-8000));
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    // Not spawn's own time limit: that one outlives a command that could not be started, and keeps this process alive.
    const timer = setTimeout(() => child.kill('SIGTERM'), timeoutMs);
    const finish = (result) => {
      clearTimeout(timer);
      resolve(result);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => finish({ ok: false, output: error.message }));
    child.once('close', (code, signal) =>
      finish({ ok: code === 0, output: signal === null ? output : `${output}\nstopped by ${signal}` }),
    );
  });
}

/** The last line that says something: what a failed command's message usually is. @param {string} output */
export const lastLine = (output) => output.trim().split('\n').at(-1)?.trim() ?? '';
