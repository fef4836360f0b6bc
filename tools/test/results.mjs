import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds up what every suite reported.
 * @param {string} reports the folder `reports`
 * @returns {{ passed: number, failed: number, failures: string[], suites: { name: string, passed: number, failed: number }[] }}
 */
export function collectResults(reports) {
  const total = { passed: 0, failed: 0, failures: [], suites: [] };
  for (const target of ['test', 'int-test', 'e2e']) {
    const folder = join(reports, target);
    if (!existsSync(folder)) continue;
    for (const project of readdirSync(folder).sort()) {
      const suite = readSuite(join(folder, project));
      if (suite === undefined) continue;
      total.passed += suite.passed;
      total.failed += suite.failed;
      total.failures.push(...suite.failures.map((failure) => `${project}:${target} ${failure}`));
      if (suite.passed + suite.failed > 0) {
        total.suites.push({ name: `${project}:${target}`, passed: suite.passed, failed: suite.failed });
      }
    }
  }
  return total;
}

function readSuite(folder) {
  const jest = join(folder, 'results.json');
  if (existsSync(jest)) return readJest(JSON.parse(readFileSync(jest, 'utf8')));
  const tap = join(folder, 'node-test.tap');
  if (existsSync(tap)) return readTap(readFileSync(tap, 'utf8'));
  return undefined;
}

/** A file that could not even be loaded counts as one failed test: Jest itself counts no test for it. */
export function readJest(results) {
  const failures = [];
  let unloadable = 0;
  for (const file of results.testResults ?? []) {
    if (file.status === 'failed' && file.assertionResults.length === 0) {
      unloadable += 1;
      failures.push(`${file.name}: ${file.message.split('\n')[0]}`);
    }
    for (const test of file.assertionResults) {
      if (test.status === 'failed') failures.push(test.fullName);
    }
  }
  return { passed: results.numPassedTests, failed: results.numFailedTests + unloadable, failures };
}

export function readTap(text) {
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const failures = [...text.matchAll(/^\s*not ok \d+ - (.+)$/gm)].map((match) => match[1]);
  return { passed: count('pass'), failed: count('fail') + count('cancelled'), failures };
}
