// node -r tools/jest/typescript-hook.cjs <file.ts>: lets a test start a real child process from the sources.
// Tests alone use it; services run from compiled JavaScript.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const root = resolve(__dirname, '../..');
const swc = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
delete swc.$schema;

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...swc,
    swcrc: false,
    filename,
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [, kind, name] = /^@modelyard\/(contracts|platform|ml)(?:-(.+))?$/.exec(request) ?? [];
  if (kind === undefined) return resolveFilename.call(this, request, ...rest);
  return join(root, 'libs', kind, name ?? '', 'src/index.ts');
};
