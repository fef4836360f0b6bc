import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { IMPORT_PHASES } from '@modelyard/contracts';
import type { DatasetImport, DatasetVersion, ImportSource, Page, Upload } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';
import type { Client } from './support/client';
import { RunningStack } from './support/running-stack';

const ROWS = 300_000;
const IMAGES = 40_000;
const SIDE = 28;
const VICTIMS = ['registry', 'training', 'importer'];
/** A table, and images of which each part is a checkpoint. */
const KINDS = ['table', 'images'] as const;
const KILLS = Array.from({ length: 10 }, (_, i) => ({
  number: i,
  victim: VICTIMS[i % VICTIMS.length] ?? '',
  kind: KINDS[i % KINDS.length] ?? 'table',
  // The moment is random on purpose: phases and thousandths of them. Nothing is expected of it.
  mark: randomInt(0, IMPORT_PHASES.length * 1_000) / 1_000,
}));

describe('kill -9 at ten random moments of imports', () => {
  let stack: RunningStack;
  let client: Client;
  const sources = new Map<string, ImportSource>();
  const digests = new Map<string, string>();

  beforeAll(async () => {
    stack = await RunningStack.start();
    client = stack.client();
    sources.set('table', await uploaded({ 'numbers.csv': table() }));
    sources.set(
      'images',
      await uploaded({
        'train-images-idx3-ubyte': idx([IMAGES, SIDE, SIDE], (i) => (i * 31 + (i >> 9)) % 256),
        'train-labels-idx1-ubyte': idx([IMAGES], (i) => i % 10),
      }),
    );
    for (const kind of KINDS) {
      const { id } = await submit(`undisturbed-${kind}`, kind);
      digests.set(kind, (await onlyVersion((await ended(id)).dataset)).digest);
    }
  });
  afterAll(() => stack.stop());

  async function uploaded(files: Record<string, Buffer>): Promise<ImportSource> {
    const uploads: { id: string }[] = [];
    for (const [name, content] of Object.entries(files)) {
      const answer = await client.send<Upload>('POST', '/api/v1/uploads', content, {
        'tus-resumable': '1.0.0',
        'upload-length': String(content.length),
        'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
        'content-type': 'application/offset+octet-stream',
      });
      expect(answer.status).toBe(201);
      uploads.push({ id: (answer.headers.get('location') ?? '').split('/').at(-1) ?? '' });
    }
    return { type: 'upload', uploads };
  }

  function submit(name: string, kind: string): Promise<DatasetImport> {
    return client.must<DatasetImport>('POST', '/api/v1/datasets', { name, source: sources.get(kind) });
  }

  function find(id: string): Promise<DatasetImport> {
    return client.must<DatasetImport>('GET', `/api/v1/dataset-imports/${id}`);
  }

  /** Has come so far, or has ended. */
  function reached(id: string, mark: number): Promise<void> {
    return eventually(
      async () => {
        const found = await find(id);
        if (isOpen(found) && positionOf(found) < mark) throw new Error(`it is at ${positionOf(found)}`);
      },
      { timeoutMs: 120_000, intervalMs: 10 },
    );
  }

  function ended(id: string): Promise<DatasetImport> {
    return eventually(
      async () => {
        const found = await find(id);
        if (isOpen(found)) throw new Error(`it is ${found.status}: ${JSON.stringify(found.progress)}`);
        return found;
      },
      { timeoutMs: 180_000, intervalMs: 100 },
    );
  }

  async function onlyVersion(name: string): Promise<DatasetVersion> {
    const { items } = await client.must<Page<DatasetVersion>>('GET', `/api/v1/datasets/${name}/versions`);
    expect(items).toHaveLength(1);
    return items[0] as DatasetVersion;
  }

  it.each(KILLS)(
    '$number: of the $victim, at $mark of $kind: it ends complete, with one version',
    async ({ number, victim, kind, mark }) => {
      const { id, dataset } = await submit(`killed-${number}`, kind);
      await reached(id, mark);
      kill(stack, victim);
      expect(await ended(id)).toMatchObject({ status: 'succeeded', result: { version: 1, created: true } });
      const version = await onlyVersion(dataset);
      expect(version.rows).toBe(kind === 'table' ? ROWS : IMAGES);
      expect(version.digest).toBe(digests.get(kind));
    },
  );
});

function isOpen({ status }: DatasetImport): boolean {
  return status === 'queued' || status === 'running';
}

/** The number of its phase, and the part of it that is done. */
function positionOf({ status, progress }: DatasetImport): number {
  if (status === 'queued' || progress === undefined) return 0;
  const { phase, done, total } = progress;
  const part = total === undefined || total === 0 ? 0 : Math.min(done / total, 0.999);
  return IMPORT_PHASES.indexOf(phase) + part;
}

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

function table(): Buffer {
  const rows = Array.from({ length: ROWS }, (_, i) => `${i},${(i * 7919) % 1000},${i % 2 ? 'odd' : 'even'}`);
  return Buffer.from(`number,other,class\n${rows.join('\n')}\n`);
}

/** Unsigned bytes, of these dimensions. */
function idx(dimensions: number[], valueAt: (index: number) => number): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.writeUInt32BE(0x800 + dimensions.length);
  dimensions.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  const values = Buffer.alloc(dimensions.reduce((product, size) => product * size, 1));
  for (let i = 0; i < values.length; i++) values[i] = valueAt(i);
  return Buffer.concat([header, values]);
}
