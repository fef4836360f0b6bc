import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NX, ROOT } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/** Whether node_modules holds what the lockfile asks for: npm writes its hidden lockfile last. */
export function dependenciesInstalled() {
  const installed = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}

/**
 * Installs the locked dependencies unless they are there.
 * @param {{ log?: string }} [options]
 * @returns {Promise<'installed' | 'present'>}
 */
export async function ensureDependencies({ log } = {}) {
  if (dependenciesInstalled()) return 'present';
  await runCommand('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], {
    log,
    what: 'Installing the locked dependencies (npm ci)',
  });
  return 'installed';
}

/**
 * Sets native TensorFlow up (a cached no-op the second time). Never fails: without it, training uses WebAssembly.
 * @param {{ log?: string }} [options]
 */
export async function ensureNativeTensorflow({ log } = {}) {
  await runCommand(process.execPath, ['tools/native-tensorflow/setup.mjs'], {
    log,
    what: 'Setting up native TensorFlow',
  });
}

/**
 * Compiles all that changed.
 * @param {{ log?: string }} [options]
 */
export async function build({ log } = {}) {
  await runCommand(process.execPath, [NX, 'run-many', '-t', 'build', '--outputStyle=static'], {
    log,
    env: { NX_DAEMON: 'false' },
    what: 'The build',
  });
}

/** Makes git run the repository's commit hooks; a tree that is no git checkout is left alone. */
export async function ensureCommitHooks() {
  if (!existsSync(join(ROOT, '.git')) || process.env.CI) return;
  await runCommand('git', ['config', 'core.hooksPath', '.githooks'], {
    log: join(ROOT, 'reports/setup.log'),
  }).catch(() => {});
}
