// npm run dev [-- --port <number>] [-- --data <folder>]
// The whole stack; what changes under apps/ and libs/ is compiled, and the services that it concerns are started again.
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  build,
  ensureCommitHooks,
  ensureDependencies,
  ensureNativeTensorflow,
} from '../setup/dependencies.mjs';
import { ROOT } from '../setup/paths.mjs';
import { foldersByService, servicesConcernedBy } from './dependents.mjs';
import { SERVICES } from './services.mjs';
import { stopOnSignals } from './signals.mjs';
import { startStack } from './stack.mjs';
import { readOptions } from '../setup/options.mjs';

/** Editors save in several steps: what changes within so many milliseconds is one change. */
const SETTLE_MS = 150;

const values = readOptions({ data: { type: 'string' }, port: { type: 'string' } });
const dataFolder = resolve(values.data ?? join(ROOT, '.modelyard'));
const say = (line) => process.stdout.write(`${new Date().toTimeString().slice(0, 8)}  ${line}\n`);

let stack;
stopOnSignals(async () => {
  say('Stopping …');
  await stack?.stop();
});
try {
  say('Dependencies, native TensorFlow, build …');
  await ensureDependencies();
  await ensureCommitHooks();
  await ensureNativeTensorflow({ log: join(dataFolder, 'logs/setup.log') });
  await build({ log: join(dataFolder, 'logs/build.log') });
  stack = await startStack({ dataFolder, port: Number(values.port ?? 8080), onEvent: say });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
say(`The gateway answers at ${stack.url}, its documentation at ${stack.url}/api/docs`);
say(`Admin key in ${stack.state.adminKeyFile}, logs in ${stack.state.logs}`);

const services = foldersByService(ROOT);
const known = new Set(SERVICES.map(({ name }) => name));
const changed = new Set();
let timer;
let working = false;
for (const folder of ['apps', 'libs']) {
  watch(join(ROOT, folder), { recursive: true }, (_event, file) => {
    if (file === null || !/[\\/]src[\\/]/.test(file) || /\.(int-)?spec\.ts$/.test(file)) return;
    changed.add(`${folder}/${file.replaceAll('\\', '/')}`);
    clearTimeout(timer);
    timer = setTimeout(() => void apply(), SETTLE_MS);
  });
}

async function apply() {
  if (working || changed.size === 0) return;
  working = true;
  const files = [...changed];
  changed.clear();
  const concerned = servicesConcernedBy(services, files).filter((name) => known.has(name));
  const start = Date.now();
  try {
    await build({ log: join(dataFolder, 'logs/build.log') });
    await stack.restart(concerned);
    say(
      `${files.length === 1 ? files[0] : `${files.length} files`}: ${concerned.join(', ') || 'nothing that runs'} started again (${((Date.now() - start) / 1000).toFixed(1)} s)`,
    );
  } catch (error) {
    say(error.message);
  }
  working = false;
  if (changed.size > 0) void apply();
}
