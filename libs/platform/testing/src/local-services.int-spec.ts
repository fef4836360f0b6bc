import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { eventually } from './eventually';

const START = resolve(__dirname, '../../../../tools/local-services/start.mjs');

interface Service {
  url: string;
  pid: number;
  port: number;
}
interface Started {
  process: ChildProcess;
  services: Record<string, Service>;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('tools/local-services', () => {
  let folder: string;
  let running: ChildProcess[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'modelyard-local-services-'));
    chmodSync(folder, 0o711);
    running = [];
  });
  afterEach(async () => {
    for (const child of running.filter((one) => one.exitCode === null && one.signalCode === null)) {
      child.stdin?.end();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });

  function launch(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [START, ...args, '--data', folder], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running.push(child);
    return child;
  }
  async function start(...args: string[]): Promise<Started> {
    const child = launch(...args);
    const [line] = (await once(createInterface(child.stdout as NodeJS.ReadableStream), 'line')) as [string];
    return { process: child, services: JSON.parse(line) as Record<string, Service> };
  }
  async function refusal(...args: string[]): Promise<{ code: unknown; said: string }> {
    const child = launch(...args);
    let said = '';
    child.stderr?.on('data', (text) => (said += String(text)));
    const [code] = (await once(child, 'exit')) as [unknown];
    return { code, said };
  }

  it('leaves no process behind when its starter is killed with SIGKILL', async () => {
    const { process: starter, services } = await start('--postgres', '--redis');
    const pids = Object.values(services).map(({ pid }) => pid);
    expect(pids).toHaveLength(2);
    expect(pids.every(alive)).toBe(true);
    starter.kill('SIGKILL');
    await eventually(() => expect(pids.some(alive)).toBe(false));
  });

  it('starts again on the folder of a starter that was killed, at once, with its data', async () => {
    const first = await start('--postgres');
    await query(first.services['postgres'], 'CREATE TABLE kept (id int)');
    first.process.kill('SIGKILL');
    const second = await start('--postgres');
    await query(second.services['postgres'], 'SELECT * FROM kept');
  });

  it('keeps passwords in files of their owner alone, and out of the list of processes', async () => {
    const { services } = await start('--postgres', '--redis');
    for (const [name, { url, pid }] of Object.entries(services)) {
      const file = join(folder, name, 'password');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const { password } = new URL(url);
      expect(readFileSync(file, 'utf8').trim()).toBe(password);
      const commandLine = `/proc/${pid}/cmdline`;
      if (existsSync(commandLine)) expect(readFileSync(commandLine, 'utf8')).not.toContain(password);
    }
  });

  it('lets nobody in without the password', async () => {
    const { services } = await start('--postgres');
    const url = new URL(services['postgres']?.url ?? '');
    url.password = 'guess';
    await expect(query({ ...(services['postgres'] as Service), url: url.href }, 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('refuses a folder that another process works on, by its name and process id', async () => {
    const { services } = await start('--redis');
    const { code, said } = await refusal('--redis');
    expect(code).toBe(1);
    expect(said).toContain(
      `Redis is already running on ${join(folder, 'redis')}: process ${services['redis']?.pid}`,
    );
  });

  it('refuses a port in use with one sentence, and stops what it started before', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, said } = await refusal('--redis', `--postgres=${port}`);
    other.close();
    expect(code).toBe(1);
    expect(said.trim()).toBe(
      `Port ${port}, meant for PostgreSQL, is in use by another process. Stop it, or choose another port.`,
    );
    expect(existsSync(join(folder, 'redis', 'running.json'))).toBe(false);
  });
});

async function query(service: Service | undefined, text: string): Promise<void> {
  const client = new Client({ connectionString: service?.url ?? '' });
  client.on('error', () => {}); // the server is killed under it
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
