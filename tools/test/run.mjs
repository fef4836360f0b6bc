// npm test: from a fresh clone to one line `N passed, N failed` over all suites.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCommitHooks, ensureDependencies, ensureNativeTensorflow } from '../setup/dependencies.mjs';
import { NX, ROOT } from '../setup/paths.mjs';
import { collectResults } from './results.mjs';

const reports = join(ROOT, 'reports');
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
const say = (line) => process.stdout.write(`${line}\n`);

mkdirSync(reports, { recursive: true });
const log = join(reports, 'setup.log');
let failed = 0;
try {
  say('Installing the locked dependencies …');
  await ensureDependencies({ log });
  await ensureCommitHooks();
  say(`Setting up native TensorFlow … (${seconds()})`);
  await ensureNativeTensorflow({ log });
} catch (error) {
  say(String(error.message));
  say('0 passed, 1 failed');
  process.exit(1);
}

// Results of earlier runs are restored by Nx's cache, or written anew: what lies here now would only confuse.
for (const target of ['test', 'int-test', 'e2e'])
  rmSync(join(reports, target), { recursive: true, force: true });

const services = await startServices();
const failedTasks = [];
try {
  say(`Build, lint, types, unit and integration tests … (${seconds()})`);
  failedTasks.push(...(await nx(['build', 'lint', 'typecheck', 'test', 'int-test'], services.env)));
  say(`End to end … (${seconds()})`);
  failedTasks.push(...(await nx(['e2e'], services.env)));
} finally {
  await services.stop();
}

const results = collectResults(reports);
for (const suite of results.suites) say(`  ${suite.name}: ${suite.passed} passed, ${suite.failed} failed`);
for (const failure of results.failures) say(`  FAILED ${failure}`);
failed += results.failed;
for (const task of failedTasks) {
  const hasFailedTests = results.suites.some((suite) => suite.name === task && suite.failed > 0);
  if (hasFailedTests) continue;
  failed += 1;
  say(`  FAILED ${task}`);
}

const { mergeCoverage, LINE_COVERAGE_MINIMUM } = await import('./coverage.mjs');
const coverage = await mergeCoverage();
for (const project of coverage.projects)
  say(`  ${project.percent.toFixed(1).padStart(5)} % of ${project.lines} lines  ${project.name}`);
say(
  `Line coverage ${coverage.percent.toFixed(1)} % of ${coverage.lines} lines (at least ${LINE_COVERAGE_MINIMUM} %), report in coverage/`,
);
if (coverage.percent < LINE_COVERAGE_MINIMUM) {
  failed += 1;
  say('  FAILED line coverage is below its minimum');
}
say(`Took ${seconds()}.`);
say(`${results.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @returns {Promise<string[]>} the failed tasks, as `project:target` */
function nx(targets, env) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [NX, 'run-many', '-t', ...targets, '--parallel=2', '--outputStyle=static', '--nxBail=false'],
      {
        cwd: ROOT,
        env: { ...process.env, ...env, NX_DAEMON: 'false', NX_TUI: 'false' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('close', (code) => {
      const list = /Failed tasks:\s*\n([\s\S]*)$/.exec(output)?.[1] ?? '';
      const tasks = [...new Set([...list.matchAll(/^\s*- ([\w-]+:[\w-]+)/gm)].map((match) => match[1]))];
      resolve(tasks.length === 0 && code !== 0 ? [`nx ${targets.join(' ')} (exit ${code})`] : tasks);
    });
  });
}

/** One PostgreSQL and one Redis for all integration tests, unless the environment names its own. */
async function startServices() {
  const child = spawn(process.execPath, ['tools/local-services/start.mjs', '--postgres', '--redis'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const urls = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(JSON.parse(text.split('\n')[0]));
    });
    child.on('exit', (code) =>
      reject(new Error(`PostgreSQL and Redis for the tests did not start (exit ${code}).`)),
    );
  });
  return {
    env: { MODELYARD_TEST_DATABASE_URL: urls.postgres.url, MODELYARD_TEST_REDIS_URL: urls.redis.url },
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.on('exit', resolve);
        child.stdin.end();
      }),
  };
}
