import { readFileSync } from 'node:fs';

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The command line of a process, or '' where it cannot be known. */
function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Whether the stack that wrote the description still runs: process ids are used again, so the command line must fit. */
export function isHeld(description) {
  return (
    description !== undefined &&
    description.pid !== process.pid &&
    isAlive(description.pid) &&
    /node.*(demo|dev|start)\.mjs/.test(commandLine(description.pid))
  );
}

/**
 * Waits for what a stack that was itself killed had started: it ends by itself, a moment later.
 * @param {import('./state.mjs').StackDescription} description @param {number} timeoutMs
 */
export async function waitForLeftovers(description, timeoutMs) {
  const end = Date.now() + timeoutMs;
  const ours = Object.values(description.processes ?? {}).filter(({ pid }) =>
    /apps\/\w+\/dist\/main\.js|redis-server|valkey-server|postgres/.test(commandLine(pid)),
  );
  while (ours.some(({ pid }) => isAlive(pid)) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
