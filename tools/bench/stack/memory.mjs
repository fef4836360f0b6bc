import { readdirSync, readFileSync } from 'node:fs';

/**
 * Proportional set size of a process and all its descendants: each shared page counted once over all of them.
 * @param {number} pid
 * @returns {{ mebibytes: number, processes: number }}
 */
export function treeMemory(pid) {
  const children = childrenByParent();
  let kibibytes = 0;
  let processes = 0;
  const visit = (id) => {
    try {
      kibibytes += Number(
        /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0,
      );
      processes += 1;
    } catch {
      // It ended while we looked.
    }
    for (const child of children.get(id) ?? []) visit(child);
  };
  visit(pid);
  return { mebibytes: kibibytes / 1024, processes };
}

function childrenByParent() {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended while we looked.
    }
  }
  return children;
}
