import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DataContract, DatasetVersion } from '@modelyard/contracts';
import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { openVersion } from '@modelyard/ml-datasets';
import { Nudges } from '@modelyard/platform-queue';
import { toStoredContent } from '@modelyard/platform-blobs';
import { createTestRedis, eventually } from '@modelyard/platform-testing';
import type { TestRedis } from '@modelyard/platform-testing';
import { isAlive } from '../testing/service-under-test';
import { SilentLogger } from '../testing/silent-logger';
import { sha256Of } from './testing/fetching-for-tests';
import { FlakyServer } from './testing/flaky-server';
import { ImportBench } from './testing/import-bench';

jest.setTimeout(120_000); // every test starts several processes

/** Two classes that lie apart, `rows` rows, always the same. */
function table(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const kind = i % 2 === 0 ? 'small' : 'large';
    return `${(i * 7919) % 1000},${i % 2 === 0 ? i % 10 : 100 + (i % 10)},${kind}`;
  });
  return `number,size,class\n${lines.join('\n')}\n`;
}

/** Images and labels as MNIST's publisher packs them; every class has a grey of its own. */
function idxFiles(rows: number): { name: string; content: Buffer }[] {
  const images = Buffer.alloc(16 + rows * 784);
  images.writeUInt32BE(0x803, 0);
  [rows, 28, 28].forEach((size, i) => images.writeUInt32BE(size, 4 + 4 * i));
  const labels = Buffer.alloc(8 + rows);
  labels.writeUInt32BE(0x801, 0);
  labels.writeUInt32BE(rows, 4);
  for (let i = 0; i < rows; i++) {
    labels[8 + i] = i % 10;
    images.fill((i % 10) * 20, 16 + i * 784, 16 + (i + 1) * 784);
    images.writeUInt32BE(i, 16 + i * 784);
  }
  return [
    { name: 'train-images-idx3-ubyte', content: images },
    { name: 'train-labels-idx1-ubyte', content: labels },
  ];
}

describe('imports', () => {
  let redis: TestRedis;
  let bench: ImportBench;

  beforeEach(async () => {
    redis = await createTestRedis();
    bench = new ImportBench(redis.url);
    await bench.registry.listen();
  });

  afterEach(async () => {
    await bench.close();
    await redis.drop();
  });

  const imported = async (name: string, content: Buffer | string) => {
    const known = await bench.queue({}, { files: [await bench.upload(name, content)] });
    expect(await bench.outcome(known)).toMatchObject({ status: 'succeeded' });
    return known.results[0]!;
  };

  it('make a version of a table, the same from CSV, from JSON Lines and from an archive', async () => {
    await bench.startService();
    const text = table(300);
    const { version, blobs } = await imported('table.csv', text);
    expect(version).toMatchObject({
      rows: 300,
      classCounts: { small: 150, large: 150 },
      schema: { kind: 'table', target: 'class', columns: ['number', 'size'] },
    });
    for (const { sha256, size } of blobs) expect(await bench.blobs.stat(sha256)).toEqual({ sha256, size });
    const lines = text.trim().split('\n').slice(1).reverse();
    const jsonl = lines.map((line) => {
      const [number, size, kind] = line.split(',');
      return JSON.stringify({ number: Number(number), size: Number(size), class: kind });
    });
    expect((await imported('table.jsonl', jsonl.join('\n'))).version.digest).toBe(version.digest);
    const path = join(bench.folder, 'archive.tgz');
    await bench.blobs.put(Buffer.from(text));
    execFileSync('sh', ['-c', `cd ${bench.folder} && cat > table.csv && tar -czf ${path} table.csv`], {
      input: text,
    });
    expect((await imported('archive.tgz', readFileSync(path))).version.digest).toBe(version.digest);
    const stored = await openVersion(toStoredContent(bench.blobs), version.blob);
    expect(stored.manifest.original).toMatchObject({ format: 'csv', files: [{ name: 'table.csv' }] });
    expect(bench.scratchFolders()).toEqual([]);
  });

  it('report their phases', async () => {
    await bench.startService();
    const known = await bench.queue({}, { files: [await bench.upload('table.csv', table(100))] });
    await bench.outcome(known);
    expect(known.reports.some(({ progress }) => progress !== undefined)).toBe(true);
    await eventually(async () => expect(await bench.producer.state('imports', known.id)).toBe('completed'));
  });

  it('fail once, with the place of the trouble, when the data cannot be read', async () => {
    await bench.startService();
    const text = `${table(10)}1,2,small,too,many\n`;
    const known = await bench.queue({}, { files: [await bench.upload('bad.csv', text)] });
    const { status, error } = await bench.outcome(known);
    expect([status, known.attempts]).toEqual(['failed', 1]);
    expect(error?.problems[0]).toMatchObject({ file: 'bad.csv', line: 12 });
    expect(known.results).toEqual([]);
    await eventually(async () => expect(await bench.producer.state('imports', known.id)).toBe('failed'));
  });

  it('fail once for an archive that is a bomb, and leave nothing behind', async () => {
    const service = await bench.startService();
    const script = 'truncate -s 300M bomb.csv && tar -czf - bomb.csv';
    const bomb = execFileSync('sh', ['-c', script], { cwd: bench.folder });
    const known = await bench.queue({}, { files: [await bench.upload('bomb.tgz', bomb)] });
    const { status, error } = await bench.outcome(known);
    expect([status, known.attempts]).toEqual(['failed', 1]);
    expect(error?.message).toContain('times its size');
    expect(service.importerPids).toHaveLength(1);
    expect(bench.scratchFolders()).toEqual([]);
  });

  it('fail for what has more bytes unpacked than an import may have', async () => {
    await bench.startService({ IMPORT_MAX_BYTES: '1000000' });
    const packed = gzipSync(Buffer.from(table(100_000)));
    const known = await bench.queue({}, { files: [await bench.upload('large.csv.gz', packed)] });
    const { status, error } = await bench.outcome(known);
    expect([status, error?.message]).toEqual(['failed', expect.stringContaining('more than 1000000 bytes')]);
  });

  it('leave out or keep aside what cannot be read, when they are told to', async () => {
    await bench.startService();
    const text = `${table(10)}1,2,small,too,many\n`;
    for (const badRows of ['warn', 'quarantine'] as const) {
      const known = await bench.queue(
        { options: { badRows } },
        { files: [await bench.upload('bad.csv', text)] },
      );
      expect(await bench.outcome(known)).toMatchObject({ status: 'succeeded' });
      expect(known.results[0]?.version).toMatchObject({
        rows: 10,
        quarantinedRows: badRows === 'quarantine' ? 1 : 0,
      });
      const codes = known.results[0]?.version.warnings.map(({ code }) => code);
      expect(codes).toContain('dropped-rows');
    }
  });

  it('keep a contract: reject, keep aside, warn', async () => {
    await bench.startService();
    const policies = ['reject', 'quarantine', 'warn'] as const;
    for (const policy of policies) {
      const contract: DataContract = { kind: 'table', policy, columns: { size: { maximum: 108 } } };
      const known = await bench.queue(
        {},
        { files: [await bench.upload('table.csv', table(100))], contract: { revision: 3, contract } },
      );
      const { status, error } = await bench.outcome(known);
      const result = known.results[0]?.version;
      if (policy === 'reject') {
        expect([status, result]).toEqual(['failed', undefined]);
        expect(error?.message).toContain("a rule of the dataset's contract (revision 3)");
        expect(error?.problems[0]).toMatchObject({ column: 'size' });
        continue;
      }
      const kept = policy === 'warn' ? 100 : 90;
      expect(result).toMatchObject({
        rows: kept,
        quarantinedRows: 100 - kept,
        contract: { revision: 3, violations: 1 },
      });
      expect(result?.warnings.map(({ code }) => code)).toContain('contract-violation');
    }
  });

  it('add to a version, and make another of it', async () => {
    await bench.startService();
    const { version } = await imported('table.csv', table(100));
    const parent = {
      ...version,
      dataset: 'flowers',
      version: 1,
      createdAt: '',
      createdBy: '',
    } as DatasetVersion;
    const more = table(120).split('\n').slice(101).join('\n');
    const appended = await bench.queue(
      { parentVersion: 1 },
      { files: [await bench.upload('more.csv', `number,size,class\n${more}`)], parent },
    );
    expect(await bench.outcome(appended)).toMatchObject({ status: 'succeeded' });
    expect(appended.results[0]?.version.rows).toBe(120);
    const filtered = await bench.queue(
      { source: { type: 'derive', changes: { filter: 'size < 5' } } },
      { parent },
    );
    expect(await bench.outcome(filtered)).toMatchObject({ status: 'succeeded' });
    expect(filtered.results[0]?.version.classCounts).toMatchObject({ small: 30 });
  });

  it('take a built-in dataset by its name', async () => {
    await bench.startService();
    const known = await bench.queue({ source: { type: 'well-known', name: 'iris' } });
    await bench.outcome(known);
    expect(known.results[0]?.version).toMatchObject({ rows: 150 });
  });

  it('fetch a URL, going on where a killed importer was', async () => {
    const content = Buffer.from(table(700_000));
    const server = new FlakyServer(content);
    await server.listen();
    const service = await bench.startService({ IMPORT_ALLOWED_HOSTS: server.host });
    server.breaks = [9_000_000];
    const known = await bench.queue({
      source: { type: 'url', url: `http://${server.host}/table.csv?token=x`, sha256: sha256Of(content) },
    });
    await bench.reported(known, ({ checkpoint }) => checkpoint !== undefined);
    process.kill(service.importerPids[0]!, 'SIGKILL');
    expect(await bench.outcome(known)).toMatchObject({ status: 'succeeded' });
    expect(known.attempts).toBe(2);
    expect(known.results).toHaveLength(1);
    expect(known.results[0]?.version.source.url).toBe(`http://${server.host}/table.csv`);
    const starts = server.ranges.map((range) => Number(/\d+/.exec(range ?? '')?.[0] ?? 0));
    expect(starts.at(-1)).toBeGreaterThanOrEqual(8 * 1024 ** 2);
    expect(bench.scratchFolders()).toEqual([]);
    await server.close();
  });

  it('go on with images where a killed importer was, to the same version', async () => {
    const files = await Promise.all(idxFiles(30_000).map(({ name, content }) => bench.upload(name, content)));
    const service = await bench.startService();
    const known = await bench.queue({}, { files });
    await bench.reported(known, ({ checkpoint }) => checkpoint !== undefined);
    process.kill(service.importerPids[0]!, 'SIGKILL');
    expect(await bench.outcome(known)).toMatchObject({ status: 'succeeded' });
    expect(known.attempts).toBe(2);
    const undisturbed = await bench.queue({}, { files });
    expect(await bench.outcome(undisturbed)).toMatchObject({ status: 'succeeded' });
    expect(known.results[0]?.version).toEqual(undisturbed.results[0]?.version);
    expect(known.results[0]?.version).toMatchObject({ rows: 30_000, schema: { shape: [28, 28, 1] } });
  });

  it('refuse a URL that leads inside', async () => {
    await bench.startService();
    const known = await bench.queue({
      source: { type: 'url', url: `${bench.registry.url}/internal`, sha256: '0'.repeat(64) },
    });
    const { status, error } = await bench.outcome(known);
    expect([status, error?.message]).toEqual([
      'failed',
      expect.stringContaining('not on the public internet'),
    ]);
  });

  it('end at once when they are cancelled, and leave nothing behind', async () => {
    const content = Buffer.from(table(150_000));
    const service = await bench.startService();
    const known = await bench.queue({}, { files: [await bench.upload('table.csv', content)] });
    await bench.reported(known, ({ progress }) => progress !== undefined);
    known.start.import.cancelRequested = true;
    const nudges = new Nudges(redis.url, SilentLogger.create());
    await nudges.publish(NUDGE_CHANNELS.cancel, known.id);
    expect(await bench.outcome(known)).toMatchObject({ status: 'cancelled' });
    await nudges.close();
    expect(isAlive(service.importerPids[0]!)).toBe(false);
    expect(known.results).toEqual([]);
    await eventually(() => expect(bench.scratchFolders()).toEqual([]));
  });

  it('go on elsewhere when their worker is stopped, and when it is killed', async () => {
    const content = Buffer.from(table(150_000));
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const service = await bench.startService();
      const known = await bench.queue({}, { files: [await bench.upload('table.csv', content)] });
      await bench.reported(known, ({ progress }) => progress !== undefined);
      await service.stop(signal);
      const [importer] = service.importerPids;
      await eventually(() => expect(isAlive(importer!)).toBe(false));
      const successor = await bench.startService();
      expect(await bench.outcome(known)).toMatchObject({ status: 'succeeded' });
      expect(known.results).toHaveLength(1);
      // What the killed one left was swept when its successor began.
      await eventually(() => expect(bench.scratchFolders()).toEqual([]));
      await successor.stop();
    }
  });

  it('wait while the registry is away', async () => {
    const service = await bench.startService();
    const known = await bench.queue({}, { files: [await bench.upload('table.csv', table(1_000))] });
    await eventually(() => expect(service.importerPids).toHaveLength(1), { timeoutMs: 20_000 });
    await bench.registry.close();
    await eventually(() => expect(isAlive(service.importerPids[0]!)).toBe(false), { timeoutMs: 30_000 });
    await bench.registry.listen();
    expect(await bench.outcome(known)).toMatchObject({ status: 'succeeded' });
    expect(known.attempts).toBe(1);
  });

  it('are not taken by a worker that takes none', async () => {
    await bench.startService({ TRAINING_IMPORT_CONCURRENCY: '0' });
    const known = await bench.queue({}, { files: [await bench.upload('table.csv', table(10))] });
    const taking = await bench.startService();
    expect(await bench.outcome(known)).toMatchObject({ status: 'succeeded' });
    expect(taking.importerPids).toHaveLength(1);
  });
});
