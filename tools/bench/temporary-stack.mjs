import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

/**
 * Starts the built stack on an empty folder of its own, for one bench.
 * @returns {Promise<{ url: string, describe: () => import('../dev-stack/state.mjs').StackDescription, stop: () => Promise<void> }>}
 */
export async function startTemporaryStack() {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-bench-'));
  const child = spawn(process.execPath, ['tools/dev-stack/start.mjs', '--data', folder, '--port', '0'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: '', REDIS_URL: '' },
  });
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [said] = await new Promise((resolve, reject) => {
      child.stdout.once('data', (chunk) => resolve(String(chunk).split('\n')));
      child.once('exit', (code) => reject(new Error(`The stack did not start (exit ${code}).`)));
    });
    const { url, stackFile } = JSON.parse(said);
    return { url, stop, describe: () => JSON.parse(readFileSync(stackFile, 'utf8')) };
  } catch (error) {
    await stop();
    throw error;
  }
}
