// node tools/test/node-tests.mjs <projectRoot> <projectName>
// Runs a tool's *.test.mjs files with Node's own runner; results go to reports/test/<projectName>/node-test.tap.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

const [projectRoot, projectName] = process.argv.slice(2);
const folder = join(ROOT, projectRoot);
const reports = join(ROOT, 'reports/test', projectName);
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.mjs') && !file.includes('node_modules'))
  .map((file) => join(folder, file));
if (files.length === 0) throw new Error(`${projectRoot} has no *.test.mjs file`);
const { status } = spawnSync(
  process.execPath,
  [
    '--test',
    // A test that failed half-way may leave a process or a timer behind: the run must end all the same.
    '--test-force-exit',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${join(reports, 'node-test.tap')}`,
    ...files,
  ],
  { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exit(status ?? 1);
