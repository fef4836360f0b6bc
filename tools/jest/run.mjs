// node tools/jest/run.mjs <unit|integration|e2e> <projectRoot> <projectName> [jest options]
// Runs one project's tests of one kind; results and coverage go to reports/<target>/<projectName>.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const [kind, projectRoot, projectName, ...rest] = process.argv.slice(2);
const target = { unit: 'test', integration: 'int-test', e2e: 'e2e' }[kind];
if (target === undefined || projectRoot === undefined || projectName === undefined) {
  process.stderr.write('usage: run.mjs <unit|integration|e2e> <projectRoot> <projectName> [jest options]\n');
  process.exit(2);
}

const require = createRequire(import.meta.url);
const preset = require('./preset.cjs');
const reports = join(root, 'reports', target, projectName);
const focused = rest.length > 0;
if (!focused) rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const settings = preset(kind, projectRoot);
if (!focused && !hasTests(new RegExp(settings.testRegex))) {
  // Jest itself would take seconds to find nothing, in every project without tests of this kind.
  writeFileSync(
    join(reports, 'results.json'),
    JSON.stringify({ numPassedTests: 0, numFailedTests: 0, testResults: [] }),
  );
  process.exit(0);
}

const config = join(reports, 'jest.config.json');
writeFileSync(config, JSON.stringify(settings, null, 2));
const args = [
  require.resolve('jest/bin/jest'),
  `--config=${config}`,
  '--passWithNoTests',
  ...(focused ? [] : ['--json', `--outputFile=${join(reports, 'results.json')}`]),
  ...(focused || kind === 'e2e' ? [] : ['--coverage', `--coverageDirectory=${reports}`]),
  ...rest,
];
const { status } = spawnSync(process.execPath, args, {
  cwd: join(root, projectRoot),
  stdio: focused ? 'inherit' : ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, NODE_ENV: 'test' },
});
process.exit(status ?? 1);

function hasTests(pattern) {
  const source = join(root, projectRoot, 'src');
  return (
    existsSync(source) && readdirSync(source, { recursive: true }).some((file) => pattern.test(String(file)))
  );
}
