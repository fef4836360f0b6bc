import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import nx from '@nx/eslint-plugin';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { ROOT } from '../setup/paths.mjs';
import { boundaries, restrictedImports } from './rules.mjs';

const eslint = new ESLint({
  cwd: ROOT,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser },
      plugins: { '@nx': nx },
      rules: {
        '@nx/enforce-module-boundaries': ['error', boundaries],
        'no-restricted-imports': ['error', restrictedImports()],
      },
    },
  ],
});

/** The rules that a file with this one import would break. */
async function broken(file, imported) {
  const [result] = await eslint.lintText(`import * as x from '${imported}';\nexport const y = x;\n`, {
    filePath: join(ROOT, file),
  });
  return result.messages.map((message) => message.ruleId);
}

const forbidden = [
  ['an app that imports an app', 'apps/gateway/src/x.ts', '../../registry/src/main'],
  ['a science library that imports a platform library', 'libs/ml/onnx/src/x.ts', '@modelyard/platform-queue'],
  ['a science library that imports Nest', 'libs/ml/onnx/src/x.ts', '@nestjs/common'],
  ['a platform library that imports a science library', 'libs/platform/queue/src/x.ts', '@modelyard/ml-onnx'],
  ['contracts that import anything of ours', 'libs/contracts/src/x.ts', '@modelyard/platform-errors'],
  ['BullMQ outside of platform/queue', 'apps/registry/src/x.ts', 'bullmq'],
  ['TensorFlow outside of ml/networks', 'apps/training/src/x.ts', '@tensorflow/tfjs'],
  ['DuckDB outside of ml/tables', 'libs/ml/datasets/src/x.ts', '@duckdb/node-api'],
  ['an image decoder outside of ml/images', 'apps/inference/src/x.ts', 'sharp'],
  ['a PostgreSQL driver outside of platform/database', 'apps/registry/src/x.ts', 'pg'],
];
for (const [name, file, imported] of forbidden) {
  test(`refuses ${name}`, async () => {
    assert.notDeepEqual(await broken(file, imported), []);
  });
}

const allowed = [
  ['an app on a platform library', 'apps/registry/src/x.ts', '@modelyard/platform-queue'],
  ['an app on a science library', 'apps/training/src/x.ts', '@modelyard/ml-onnx'],
  ['a platform library on the contracts', 'libs/platform/queue/src/x.ts', '@modelyard/contracts'],
];
for (const [name, file, imported] of allowed) {
  test(`lets ${name} stand`, async () => {
    assert.deepEqual(await broken(file, imported), []);
  });
}
