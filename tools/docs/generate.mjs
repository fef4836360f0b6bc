// node tools/docs/generate.mjs [--check]
// Writes .env.example and docs/CONFIGURATION.md from the services' configuration classes (run `npm run build` before);
// with --check it only says whether they are what it would write.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import prettier from 'prettier';
import { ROOT } from '../setup/paths.mjs';
import { configurationPage, environmentExample } from './configuration.mjs';

const require = createRequire(import.meta.url);
const { describeConfig } = require(join(ROOT, 'libs/platform/config/dist/index.js'));

const services = ['gateway', 'registry', 'training', 'inference'].map((name) => {
  const exported = require(join(ROOT, 'apps', name, 'dist', `${name}.config.js`));
  const schema = exported[`${name[0].toUpperCase()}${name.slice(1)}Config`];
  return { name, variables: describeConfig(schema) };
});

const files = {
  '.env.example': environmentExample(services),
  'docs/CONFIGURATION.md': await prettier.format(configurationPage(services), {
    parser: 'markdown',
    printWidth: 110,
  }),
};
const check = process.argv.includes('--check');
for (const [file, content] of Object.entries(files)) {
  const path = join(ROOT, file);
  if (!check) writeFileSync(path, content);
  else if (readOr(path) !== content) {
    process.stderr.write(`${file} is out of date: run node tools/docs/generate.mjs\n`);
    process.exitCode = 1;
  }
}

function readOr(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
