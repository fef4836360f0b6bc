import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 50;

/**
 * Watches the resident memory of processes and all that they fork.
 * @param {number[]} pids
 * @returns {{ stop: () => { growthMiB: number, largestMiB: number } }} `growthMiB`: of all together, from now to their
 *   peak; `largestMiB`: the peak of the largest single process
 */
export function watchMemory(pids) {
  const before = total(pids);
  let peak = before;
  let largest = 0;
  const look = () => {
    const each = residents(pids);
    peak = Math.max(
      peak,
      each.reduce((sum, size) => sum + size, 0),
    );
    largest = Math.max(largest, ...each);
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return { growthMiB: (peak - before) / 2 ** 20, largestMiB: largest / 2 ** 20 };
    },
  };
}

function total(pids) {
  return residents(pids).reduce((sum, size) => sum + size, 0);
}

function residents(pids) {
  const sizes = [];
  const visit = (pid) => {
    try {
      sizes.push(Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096);
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
        for (const child of children === '' ? [] : children.split(' ')) visit(Number(child));
      }
    } catch {
      // It ended while we looked.
    }
  };
  for (const pid of pids) visit(pid);
  return sizes;
}
