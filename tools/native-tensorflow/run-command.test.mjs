import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { lastLine, runCommand } from './run-command.mjs';

const node = (script, options) => runCommand(process.execPath, ['-e', script], options);

test('tells whether a command succeeded, and what it said', async () => {
  assert.deepEqual(await node('console.log("out"); console.error("err")').then(sorted), {
    ok: true,
    output: ['err', 'out'],
  });
  assert.equal((await node('process.exit(3)')).ok, false);
  assert.equal(lastLine('first\nlast \n\n'), 'last');
});

test('stops a command that takes too long', async () => {
  const { ok, output } = await node('setInterval(() => {}, 1000)', { timeoutMs: 300 });
  assert.equal(ok, false);
  assert.match(output, /stopped by SIGTERM/);
});

test('a command that does not exist does not keep the process alive', () => {
  const script = `
    const { runCommand } = await import(${JSON.stringify(new URL('run-command.mjs', import.meta.url).href)});
    console.log(JSON.stringify(await runCommand('modelyard-no-such-command', [])));`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    timeout: 15_000,
  });
  assert.equal(status, 0);
  assert.match(String(stdout), /"ok":false.*ENOENT/);
});

const sorted = ({ ok, output }) => ({ ok, output: output.trim().split('\n').sort() });
