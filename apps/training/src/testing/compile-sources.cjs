// Preloaded into processes that tests fork (`node -r`): runs TypeScript sources as they are, so that no build stands
// between a change and its test. The libraries are read from their sources too, as Jest does.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const root = resolve(__dirname, '../../../..');
const { $schema: _, ...options } = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));

Module._extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  const { code } = transformSync(source, { ...options, filename, swcrc: false, sourceMaps: 'inline' });
  module._compile(code, filename);
};

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const library = /^@modelyard\/(?:(contracts)|(platform|ml)-(.+))$/.exec(request);
  if (library === null) return resolveFilename.call(this, request, ...rest);
  const [, contracts, group, name] = library;
  return join(root, 'libs', contracts ?? join(group, name), 'src/index.ts');
};
