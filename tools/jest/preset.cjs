// One Jest configuration for every project; tools/jest/run.mjs chooses the kind of test.
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../..');
const swc = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
delete swc.$schema;

const kinds = {
  unit: { testRegex: String.raw`\.spec\.ts$`, testTimeout: 20_000 },
  integration: { testRegex: String.raw`\.int-spec\.ts$`, testTimeout: 60_000 },
  e2e: { testRegex: String.raw`\.e2e-spec\.ts$`, testTimeout: 300_000 },
};

/** @param {'unit'|'integration'|'e2e'} kind @param {string} projectRoot */
module.exports = function preset(kind, projectRoot) {
  return {
    rootDir: resolve(root, projectRoot),
    roots: ['<rootDir>/src'],
    testEnvironment: 'node',
    ...kinds[kind],
    transform: { '^.+\\.ts$': [require.resolve('@swc/jest'), { ...swc, swcrc: false }] },
    moduleFileExtensions: ['ts', 'js', 'cjs', 'json', 'node'],
    // Tests read the libraries' sources, so that no build stands between a change and its test.
    moduleNameMapper: {
      '^@modelyard/contracts$': join(root, 'libs/contracts/src/index.ts'),
      '^@modelyard/(platform|ml)-(.+)$': join(root, 'libs/$1/$2/src/index.ts'),
    },
    ...(kind === 'unit' ? {} : { globalSetup: join(__dirname, 'start-services.cjs') }),
    ...(kind === 'unit' ? {} : { globalTeardown: join(__dirname, 'stop-services.cjs') }),
    ...(kind === 'e2e' ? { maxWorkers: 1 } : { maxWorkers: 2 }),
    coverageProvider: 'v8',
    collectCoverageFrom: ['src/**/*.ts', '!src/**/*.spec.ts', '!src/**/*.int-spec.ts', '!src/**/testing/**'],
    coverageReporters: ['json'],
  };
};
