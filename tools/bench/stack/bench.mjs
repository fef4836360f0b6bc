// What the idle stack takes and how fast it is up: memory (PSS) by process, start-up time by service.
import { readFileSync } from 'node:fs';
import { startTemporaryStack } from '../temporary-stack.mjs';
import { treeMemory } from './memory.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const IDLE_MS = 10_000;

const rows = new Map();
const add = (name, value) => rows.set(name, [...(rows.get(name) ?? []), value]);
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

for (let round = 0; round < ROUNDS; round += 1) {
  const started = Date.now();
  const stack = await startTemporaryStack();
  try {
    add('stack ready, s (empty database)', (Date.now() - started) / 1000);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const { processes } = stack.describe();
    let total = 0;
    for (const [name, { pid, log }] of Object.entries(processes)) {
      const { mebibytes } = treeMemory(pid);
      total += mebibytes;
      add(`${name}, MiB`, mebibytes);
      const startup = log === undefined ? undefined : startupSeconds(log);
      if (startup !== undefined) add(`${name} up, s`, startup);
    }
    add('all together, MiB', total);
  } finally {
    await stack.stop();
  }
}

process.stdout.write(
  `Idle stack, ${ROUNDS} rounds, median (least–most); memory is PSS ${IDLE_MS / 1000} s after all were ready\n\n`,
);
for (const [name, values] of rows) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  process.stdout.write(
    `${name.padEnd(36)} ${middle(values).toFixed(2).padStart(8)}  (${least.toFixed(2)}–${most.toFixed(2)})\n`,
  );
}

/** From the start of the process to its line that says it is ready. */
function startupSeconds(log) {
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const milliseconds = /"startMs":\s*(\d+(?:\.\d+)?)/.exec(line)?.[1];
    if (milliseconds !== undefined) return Number(milliseconds) / 1000;
  }
  return undefined;
}
