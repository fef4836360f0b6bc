import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { withLock } from './lock.mjs';

/** A process that takes the lock, says so, and keeps it until it is killed or its stdin ends. */
function holder(name) {
  const script = `
    const { withLock } = await import(${JSON.stringify(new URL('lock.mjs', import.meta.url).href)});
    await withLock(${JSON.stringify(name)}, async () => {
      process.stdout.write('held');
      await new Promise((resolve) => process.stdin.once('end', resolve).resume());
    });`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

test('one works at a time, and everyone gets a turn', async () => {
  const name = randomUUID();
  let working = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++working);
    await new Promise(setImmediate);
    working--;
    return 'done';
  };
  const results = await Promise.all(Array.from({ length: 5 }, () => withLock(name, work)));
  assert.deepEqual(results, Array(5).fill('done'));
  assert.equal(most, 1);
});

test('a failure frees the lock', async () => {
  const name = randomUUID();
  await assert.rejects(
    withLock(name, () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(await withLock(name, () => Promise.resolve('next')), 'next');
});

for (const [how, end] of [
  ['ends', (child) => child.stdin.end()],
  ['is killed', (child) => child.kill('SIGKILL')],
]) {
  test(`waits for another process until it ${how}`, async () => {
    const name = randomUUID();
    const child = holder(name);
    await once(child.stdout, 'data');
    let waited = false;
    const waiting = new Promise((resolve) => {
      const turn = withLock(
        name,
        () => Promise.resolve('my turn'),
        () => {
          waited = true;
          end(child);
        },
      );
      resolve(turn);
    });
    assert.equal(await waiting, 'my turn');
    assert.equal(waited, true);
  });
}

test('different names do not wait for each other', async () => {
  const inner = () => withLock(randomUUID(), () => Promise.resolve('inner'));
  assert.equal(await withLock(randomUUID(), inner), 'inner');
});
