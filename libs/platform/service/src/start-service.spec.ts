import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startService, StartupError } from '.';
import { testConfig } from './testing/config';
import { EchoModule } from './testing/echo.module';

const hook = join(__dirname, '../../../../tools/jest/typescript-hook.cjs');
const fixture = join(__dirname, 'testing/stoppable-service.ts');

jest.setTimeout(60_000); // each test starts processes, and machines may be busy

interface Child {
  process: ChildProcess;
  /** Everything that it has written. */
  output(): string;
  /** Resolves as soon as the output matches. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  exit: Promise<number | null>;
}

const children: ChildProcess[] = [];
function start(port = '0', ...more: string[]): Child {
  const child = spawn(process.execPath, ['-r', hook, fixture, port, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const check of waiting) check();
    });
  }
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const match = pattern.exec(text);
        if (match === null) return;
        waiting.delete(check);
        resolve(match);
      };
      waiting.add(check);
      void exit.then(() => reject(new Error(`it ended without saying ${String(pattern)}:\n${text}`)));
      check();
    });
  return { process: child, output: () => text, says, exit };
}
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

async function urlOf(child: Child): Promise<string> {
  return (await child.says(/"url":"([^"]+)"/))[1] ?? '';
}

describe('shutdown by a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s turns unready, lets requests finish and exits with 0',
    async (signal) => {
      const child = start();
      const url = await urlOf(child);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      const slow = fetch(`${url}/work/slow`);
      await fetch(`${url}/health/live`); // the slow request is in by now: same client, earlier connection
      child.process.kill(signal);
      await child.says(/is stopping/);
      expect((await fetch(`${url}/health/ready`)).status).toBe(503); // during the drain delay
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      expect(await (await slow).json()).toEqual({ finished: true });
      expect(await child.exit).toBe(0);
      expect(child.output()).toMatch(/connections closed[^]*has stopped/);
      expect(child.output()).not.toContain('cutting');
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  it('cuts a request that hangs, after the grace, and still exits with 0', async () => {
    const child = start();
    const url = await urlOf(child);
    const hanging = fetch(`${url}/work/hanging`).then(
      () => 'answered',
      () => 'cut',
    );
    while (!(await (await fetch(`${url}/metrics`)).text()).includes('active_requests{service="registry"} 1'))
      continue;
    const start_ = performance.now();
    child.process.kill('SIGTERM');
    expect(await hanging).toBe('cut');
    expect(await child.exit).toBe(0);
    expect(performance.now() - start_).toBeGreaterThanOrEqual(1_300);
    expect(performance.now() - start_).toBeLessThan(4_000);
    expect(child.output()).toContain('cutting the requests');
  });

  it('ends while it is still starting', async () => {
    const child = start('0', 'stuck');
    await child.says(/waiting for a database/);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);
  });

  it('ends at once on a second signal', async () => {
    const child = start();
    await urlOf(child);
    child.process.kill('SIGTERM');
    await child.says(/is stopping/);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(1);
  });

  it('logs an unknown error once, with the request id, and tells the client nothing', async () => {
    const child = start();
    const url = await urlOf(child);
    const response = await fetch(`${url}/work/broken`, { headers: { 'x-request-id': 'r-500' } });
    expect(await response.json()).toMatchObject({ status: 500, code: 'INTERNAL', requestId: 'r-500' });
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);
    const lines = child
      .output()
      .split('\n')
      .filter((line) => line.includes('hunter2'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      requestId: 'r-500',
      code: 'INTERNAL',
    });
  });

  it('breaks the connection when an answer fails half way, and stays up', async () => {
    const child = start();
    const url = await urlOf(child);
    await expect(fetch(`${url}/work/half`).then((response) => response.text())).rejects.toThrow();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);
  });
});

describe('start', () => {
  it('says in one sentence that the port is in use, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const child = start(String(port));
    expect(await child.exit).toBe(1);
    other.close();
    expect(child.output()).toContain(
      `registry cannot start: port ${String(port)} on 127.0.0.1 is in use already`,
    );
    expect(child.output()).not.toMatch(/^\s+at /m);
  });

  it('names the wrong variables, and exits with 1', async () => {
    const child = start('99999');
    expect(await child.exit).toBe(1);
    expect(child.output()).toContain('PORT must not be greater than 65535');
    expect(child.output()).not.toContain('99999');
  });

  it('fails with a reason in the same process too', async () => {
    const config = testConfig({ HOST: '203.0.113.7' });
    await expect(startService({ name: 'registry', module: EchoModule, config })).rejects.toThrow(
      StartupError,
    );
  });

  it('takes a second stop for the same', async () => {
    const service = await startService({ name: 'registry', module: EchoModule, config: testConfig() });
    const listeners = process.listenerCount('SIGTERM');
    expect(service.stop()).toBe(service.stop());
    await service.stop();
    expect(process.listenerCount('SIGTERM')).toBe(listeners - 1);
    await expect(fetch(service.url)).rejects.toThrow();
  });
});
