import { readFile } from 'node:fs/promises';

const EVERY_MS = 500;

export interface MemoryWatch {
  stop(): void;
}

/**
 * Calls `exceeded`, once, when a process holds more memory than it may. What is looked at is memory of its own, in use or
 * not: V8's heap is only a part of it. It knows nothing on systems without `/proc`, where nobody is ended for it.
 */
export function watchMemory(
  pid: number,
  limitMiB: number,
  exceeded: () => void,
  options: { everyMs?: number; read?: (pid: number) => Promise<number | undefined> } = {},
): MemoryWatch {
  const read = options.read ?? residentMiB;
  let reading = false;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
  };
  const look = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    const held = await read(pid);
    reading = false;
    if (stopped || held === undefined || held <= limitMiB) return;
    stop();
    exceeded();
  };
  const timer = setInterval(() => void look(), options.everyMs ?? EVERY_MS);
  timer.unref();
  return { stop };
}

/** MiB that a process holds in memory, without pages of files, which the system can take back; undefined where unknown. */
export async function residentMiB(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [all, files] = ['VmRSS', 'RssFile'].map((name) =>
    Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN),
  );
  const held = ((all ?? Number.NaN) - (files ?? Number.NaN)) / 1024;
  return Number.isNaN(held) ? undefined : held;
}
