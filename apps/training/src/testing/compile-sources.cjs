// Preloaded into processes that tests fork (`node -r`): runs TypeScript sources as they are, so that no build stands
// between a change and its test. The libraries are read from their sources too, as Jest does.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../../../..');
const cache = join(tmpdir(), 'modelyard-compiled-sources');
mkdirSync(cache, { recursive: true });
const { $schema: _, ...options } = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));

Module._extensions['.ts'] = (module, filename) => {
  module._compile(compiled(filename), filename);
};

/** Compiled once for each content: the workers and trainers of one suite share most of their files. */
function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify(options))
    .update(filename)
    .update(source)
    .digest('hex');
  const kept = join(cache, `${key}.js`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { transformSync } = require('@swc/core');
  const { code } = transformSync(source, { ...options, filename, swcrc: false, sourceMaps: false });
  // Another process may be writing the same file; a rename is never seen half done.
  const unfinished = `${kept}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, kept);
  return code;
}

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const library = /^@modelyard\/(?:(contracts)|(platform|ml)-(.+))$/.exec(request);
  if (library === null) return resolveFilename.call(this, request, ...rest);
  const [, contracts, group, name] = library;
  return join(root, 'libs', contracts ?? join(group, name), 'src/index.ts');
};
