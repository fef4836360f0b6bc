import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../setup/paths.mjs';
import { foldersByService, servicesConcernedBy } from './dependents.mjs';
import { isAlive, isHeld } from './leftovers.mjs';
import { distinctPorts, requirePort } from './ports.mjs';
import { StackState } from './state.mjs';
import { SupervisedProcess } from './supervisor.mjs';

const folder = () => mkdtempSync(join(tmpdir(), 'modelyard-dev-stack-'));

/** Tries until it holds; fails with the last reason. */
async function eventually(check, timeoutMs = 10_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

test('a port in use is one clear sentence, and a free one is taken instead where nobody types it in', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await assert.rejects(requirePort(port), /Port \d+ is in use.*--port/);
  const names = Array.from({ length: 50 }, (_, index) => [`service${index}`, index === 0 ? port : 0]);
  const ports = Object.values(await distinctPorts(Object.fromEntries(names)));
  assert.equal(new Set(ports).size, 50);
  assert.ok(!ports.includes(port));
  server.close();
});

test('secrets are files that only their owner reads, and are made once', () => {
  const state = new StackState(join(folder(), 'data'));
  state.prepare();
  const secret = state.internalTokenSecret();
  assert.ok(secret.length >= 43);
  assert.equal(state.internalTokenSecret(), secret);
  assert.equal(statSync(join(state.folder, 'internal-token-secret')).mode & 0o777, 0o600);
  state.write({ pid: 1, url: 'http://x', processes: {}, startedAt: '' });
  assert.equal(statSync(state.stackFile).mode & 0o777, 0o600);
  assert.equal(state.read().url, 'http://x');
  state.clear();
  assert.equal(state.read(), undefined);
});

test('a folder that cannot be written is one clear sentence', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  assert.throws(() => new StackState(join(file, 'data')).prepare(), /cannot be written/);
});

test('a process that ends is started again; one that was asked to end is not', async () => {
  const at = folder();
  const script = join(at, 'service.mjs');
  writeFileSync(script, 'console.log("up"); setInterval(() => {}, 1000);');
  const reasons = [];
  const service = new SupervisedProcess({
    name: 'x',
    script,
    cwd: at,
    log: join(at, 'log'),
    env: process.env,
    onExit: () => reasons.push('ended'),
  });
  await service.start();
  const first = service.pid;
  process.kill(first, 'SIGKILL');
  await eventually(() => assert.notEqual(service.pid, first));
  assert.deepEqual(reasons, ['ended']);
  await eventually(() => assert.match(service.lastWords(), /up/));
  await service.stop(5_000);
  assert.equal(isAlive(service.pid), false);
  assert.equal(service.restarts, 1);
});

test('a process that does not obey is made to end after its grace', async () => {
  const at = folder();
  const script = join(at, 'stubborn.mjs');
  writeFileSync(script, 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000);');
  const service = new SupervisedProcess({
    name: 'x',
    script,
    cwd: at,
    log: join(at, 'log'),
    env: process.env,
  });
  await service.start();
  await eventually(() => assert.match(service.lastWords(), /up/));
  await service.stop(100);
  assert.equal(isAlive(service.pid), false);
});

test('a service ends with the process that keeps it, even when that one is killed', async (t) => {
  const at = folder();
  const script = join(at, 'service.mjs');
  writeFileSync(script, 'console.log("up"); setInterval(() => {}, 1000);');
  const keeper = join(at, 'start.mjs');
  writeFileSync(
    keeper,
    `import { SupervisedProcess } from ${JSON.stringify(join(ROOT, 'tools/dev-stack/supervisor.mjs'))};
    const service = new SupervisedProcess({ name: 'x', script: ${JSON.stringify(script)}, cwd: '/', log: ${JSON.stringify(join(at, 'log'))}, env: process.env });
    await service.start();
    process.stdout.write(String(service.pid));
    setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [keeper], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => parent.kill('SIGKILL'));
  const [said] = await once(parent.stdout, 'data');
  const pid = Number(said);
  assert.equal(isAlive(pid), true);
  assert.equal(isHeld({ pid: parent.pid }), true);
  parent.kill('SIGKILL');
  await eventually(() => assert.equal(isAlive(pid), false));
  assert.equal(isHeld({ pid: parent.pid }), false);
});

test('a process id that is used again by a stranger is no held stack', async (t) => {
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  t.after(() => stranger.kill('SIGKILL'));
  assert.equal(isHeld({ pid: stranger.pid }), false);
  assert.equal(isHeld(undefined), false);
  stranger.kill();
  await once(stranger, 'exit');
});

test('a change concerns the services that stand on it', () => {
  const services = foldersByService(ROOT);
  assert.deepEqual(servicesConcernedBy(services, ['apps/gateway/src/main.ts']), ['gateway']);
  assert.deepEqual(servicesConcernedBy(services, ['libs/ml/networks/src/index.ts']), ['training']);
  assert.ok(servicesConcernedBy(services, ['libs/platform/errors/src/index.ts']).length >= 4);
  assert.deepEqual(servicesConcernedBy(services, ['docs/API.md']), []);
});
