// npm run bench [-- <name> …]: runs the benches in tools/bench, each a folder with a bench.mjs and a README.md.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, ensureDependencies, ensureNativeTensorflow } from '../setup/dependencies.mjs';
import { ROOT } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';

const folder = join(ROOT, 'tools/bench');
const all = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'bench.mjs')));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}. There are: ${all.join(', ')}.\n`);
  process.exit(1);
}
try {
  const log = join(ROOT, 'reports/bench-setup.log');
  await ensureDependencies({ log });
  await ensureNativeTensorflow({ log });
  await build({ log });
  for (const name of asked.length > 0 ? asked : all) {
    process.stdout.write(`\n# ${name}\n\n`);
    await runCommand(process.execPath, [join(folder, name, 'bench.mjs')], { what: `The bench ${name}` });
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
