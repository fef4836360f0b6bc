// node tools/build/compile.mjs [project folder, default the working directory]
// Compiles the project: src/**/*.ts → dist/**/*.js (CommonJS, one file per file),
// and copies what is not code (SQL migrations, data files, protocol files) beside it.
import { transformFile } from '@swc/core';
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const configFile = fileURLToPath(new URL('../../.swcrc', import.meta.url));
const project = resolve(process.argv[2] ?? '.');
const [source, target] = [join(project, 'src'), join(project, 'dist')];

rmSync(target, { recursive: true, force: true });
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1))
  .filter((file) => !/\.(int-)?spec\.ts$/.test(file));

const results = await Promise.allSettled(
  files.map((file) => (file.endsWith('.ts') ? compile(file) : copy(file))),
);
for (const result of results) {
  if (result.status === 'fulfilled') continue;
  process.stderr.write(`${result.reason.message}\n`);
  process.exitCode = 1;
}

async function compile(file) {
  const from = join(source, file);
  const { code, map } = await transformFile(from, { configFile, swcrc: false, sourceFileName: from });
  const to = join(target, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, `${code}\n//# sourceMappingURL=${to.split(/[\\/]/).at(-1)}.map\n`);
  writeFileSync(`${to}.map`, map ?? '');
}

async function copy(file) {
  const to = join(target, file);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(join(source, file), to);
}
