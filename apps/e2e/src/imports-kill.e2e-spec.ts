import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { DatasetImport, DatasetVersion, Page } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';
import type { Client } from './support/client';
import { RunningStack } from './support/running-stack';

const ROWS = 300_000;
const VICTIMS = ['registry', 'training', 'importer'];

describe('kill -9 at ten random moments of imports', () => {
  let stack: RunningStack;
  let client: Client;
  let upload: string;

  beforeAll(async () => {
    stack = await RunningStack.start();
    client = stack.client();
    const rows = Array.from(
      { length: ROWS },
      (_, i) => `${i},${(i * 7919) % 1000},${i % 2 ? 'odd' : 'even'}`,
    );
    const content = Buffer.from(`number,other,class\n${rows.join('\n')}\n`);
    const answer = await client.send('POST', '/api/v1/uploads', content, {
      'tus-resumable': '1.0.0',
      'upload-length': String(content.length),
      'upload-metadata': `filename ${Buffer.from('numbers.csv').toString('base64')}`,
      'content-type': 'application/offset+octet-stream',
    });
    upload = (answer.headers.get('location') ?? '').split('/').at(-1) ?? '';
  });
  afterAll(() => stack.stop());

  it.each(Array.from({ length: 10 }, (_, i) => [VICTIMS[i % VICTIMS.length] ?? '', i] as const))(
    'of the %s (%i): it ends complete, with one version',
    async (victim, i) => {
      const name = `killed-${i}`;
      const { id } = await client.must<DatasetImport>('POST', '/api/v1/datasets', {
        name,
        source: { type: 'upload', uploads: [{ id: upload }] },
      });
      // The moment is random on purpose; nothing is expected of it.
      await wait(randomInt(50, 4_000));
      kill(stack, victim);
      const done = await eventually(
        async () => {
          const found = await client.must<DatasetImport>('GET', `/api/v1/dataset-imports/${id}`);
          if (found.status === 'queued' || found.status === 'running')
            throw new Error(`it is ${found.status}`);
          return found;
        },
        { timeoutMs: 180_000, intervalMs: 250 },
      );
      expect(done).toMatchObject({ status: 'succeeded', result: { version: 1, created: true } });
      const versions = await client.must<Page<DatasetVersion>>('GET', `/api/v1/datasets/${name}/versions`);
      expect(versions.items).toHaveLength(1);
      expect(versions.items[0]?.rows).toBe(ROWS);
    },
  );
});

function kill(stack: RunningStack, victim: string): void {
  if (victim !== 'importer') return void stack.kill(victim);
  const worker = stack.describe().processes['training']?.pid ?? 0;
  let children = '';
  try {
    children = execFileSync('ps', ['--no-headers', '-o', 'pid', '--ppid', String(worker)])
      .toString()
      .trim();
  } catch {
    return; // it has none just now: the import has not begun, or has ended
  }
  for (const pid of children.split(/\s+/)) process.kill(Number(pid), 'SIGKILL');
}
