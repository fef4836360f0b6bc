import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { collectResults, readJest, readTap } from './results.mjs';

test('a test file that cannot be loaded counts as a failure', () => {
  const { passed, failed, failures } = readJest({
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [
      {
        status: 'passed',
        assertionResults: [
          { status: 'passed', fullName: 'a' },
          { status: 'passed', fullName: 'b' },
        ],
      },
      { status: 'failed', name: 'x.spec.ts', message: 'Cannot find module\nmore', assertionResults: [] },
    ],
  });
  assert.deepEqual(
    { passed, failed, failures },
    { passed: 2, failed: 1, failures: ['x.spec.ts: Cannot find module'] },
  );
});

test('reads TAP', () => {
  const tap = 'TAP version 13\nok 1 - a\nnot ok 2 - b\n# tests 2\n# pass 1\n# fail 1\n# cancelled 0\n';
  assert.deepEqual(readTap(tap), { passed: 1, failed: 1, failures: ['b'] });
});

test('adds up all suites of all kinds', () => {
  const reports = mkdtempSync(join(tmpdir(), 'modelyard-reports-'));
  for (const [target, project, passed] of [
    ['test', 'a', 3],
    ['int-test', 'a', 2],
    ['e2e', 'b', 1],
  ]) {
    mkdirSync(join(reports, target, project), { recursive: true });
    writeFileSync(
      join(reports, target, project, 'results.json'),
      JSON.stringify({ numPassedTests: passed, numFailedTests: 0, testResults: [] }),
    );
  }
  const { passed, failed, suites } = collectResults(reports);
  assert.deepEqual({ passed, failed }, { passed: 6, failed: 0 });
  assert.deepEqual(
    suites.map(({ name }) => name),
    ['a:test', 'a:int-test', 'b:e2e'],
  );
});
