import { existsSync } from 'node:fs';
import { runCommand } from './run-command.mjs';

/**
 * Finds a C++ compiler; on Debian and its kin root gets one installed.
 * @param {(line: string) => void} say
 * @returns {Promise<string>} its command
 * @throws Error that tells what to install
 */
export async function findCompiler(say) {
  const found = await firstThatRuns();
  if (found !== undefined) return found;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    throw new Error('no C++ compiler found: install g++ (Debian: apt-get install g++), or set CXX');
  }
  say('installing g++, which compiles the TensorFlow binding');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCommand('apt-get', ['update', '-qq'], { env });
  const install = await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'g++'], {
    env,
  });
  const installed = install.ok ? await firstThatRuns() : undefined;
  if (installed === undefined) {
    throw new Error(
      `no C++ compiler found, and apt-get could not install g++: ${(update.ok ? install : update).output}`,
    );
  }
  return installed;
}

async function firstThatRuns() {
  for (const command of [process.env.CXX, 'g++', 'c++', 'clang++']) {
    if (command && (await runCommand(command, ['--version'])).ok) return command;
  }
  return undefined;
}
