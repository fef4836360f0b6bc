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

/**
 * Ends what a stack that was itself killed has left behind. A process is only touched when its command line still
 * names our services, since process ids are used again.
 * @param {import('./state.mjs').StackDescription} description
 */
export function endLeftovers(description) {
  const ended = [];
  for (const [name, { pid }] of Object.entries(description.processes ?? {})) {
    if (
      !isAlive(pid) ||
      !/apps\/\w+\/dist\/main\.js|redis-server|valkey-server|postgres/.test(commandLine(pid))
    )
      continue;
    // SIGINT is PostgreSQL's fast shutdown; the others end on it too.
    process.kill(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    ended.push(pid);
  }
  return ended;
}

/** Whether the stack that wrote the description still runs. */
export function isHeld(description) {
  return (
    description !== undefined &&
    description.pid !== process.pid &&
    isAlive(description.pid) &&
    commandLine(description.pid).includes('node')
  );
}
