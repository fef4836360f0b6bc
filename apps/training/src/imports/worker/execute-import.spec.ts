import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@modelyard/platform-errors';
import { Metrics } from '@modelyard/platform-observability';
import { JobInterruption, PermanentJobError } from '@modelyard/platform-queue';
import { eventually } from '@modelyard/platform-testing';
import { ActiveSessions } from '../../supervision/active-sessions';
import { SilentLogger } from '../../testing/silent-logger';
import { IMPORTED, importStart } from '../testing/example-import';
import { InMemoryImportRegistry } from '../testing/in-memory-import-registry';
import { ScriptedImporterLauncher } from '../testing/scripted-importer';
import type { ScriptedImporter } from '../testing/scripted-importer';
import { ExecuteImport } from './execute-import';
import { ImportMetrics } from './import-metrics';
import { ScratchFolders } from './scratch-folders';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'imports-'))));
afterEach(() => rmSync(root, { recursive: true }));

function worker(
  start = importStart(),
  change: { timeoutMs?: number; root?: string; residentMiB?: number } = {},
) {
  const registry = new InMemoryImportRegistry(start);
  const launcher = new ScriptedImporterLauncher();
  const sessions = new ActiveSessions();
  const counted = new Metrics('training');
  const logger = SilentLogger.create();
  const imports = new ExecuteImport({
    registry,
    launcher,
    sessions,
    logger,
    metrics: new ImportMetrics(counted),
    folders: new ScratchFolders(change.root ?? root, logger),
    relayTimes: { pollMs: 5, gapMs: 1, retryMs: 2, patienceMs: 1_000 },
    handBackMs: 50,
    artifactStoreUrl: 'file:///blobs',
    timeoutMs: change.timeoutMs ?? 60_000,
    limits: { maxBytes: 1, memoryMiB: 1, threads: 1, residentMiB: change.residentMiB ?? 1e6 },
    egress: { allowedHosts: [] },
  });
  const abort = new AbortController();
  const interrupt = (kind: 'shutdown' | 'lock-lost'): void =>
    abort.abort(new JobInterruption(kind, 'It is over.'));
  const deliver = (lastAttempt = false) => imports.execute('import-1', { lastAttempt, signal: abort.signal });
  const importer = (): Promise<ScriptedImporter> =>
    eventually(() => {
      const [launched] = launcher.launched;
      if (launched === undefined) throw new Error('no importer yet');
      return launched;
    });
  return { registry, launcher, sessions, interrupt, deliver, importer, counted };
}

const broken = { message: 'It is broken.', problems: [{ line: 2, message: 'too short' }], problemCount: 1 };

it('reports progress, checkpoint and notes, then the version, and leaves no folder behind', async () => {
  const { registry, deliver, importer, counted } = worker();
  const done = deliver();
  const running = await importer();
  writeFileSync(join(running.assignment.folder, 'scratch'), 'x');
  running.says({ type: 'progress', progress: { phase: 'reading', done: 1, unit: 'rows' } });
  running.says({ type: 'checkpoint', checkpoint: { version: 1 } });
  running.says({ type: 'note', message: 'hello' });
  running.says({ type: 'note', message: 'again' });
  running.end({ type: 'finished', result: IMPORTED });
  await expect(done).resolves.toEqual({ status: 'succeeded' });
  expect(registry.reports.flatMap(({ log }) => log ?? [])).toEqual(['hello', 'again']);
  expect(registry.reports.findLast(({ progress }) => progress)?.progress).toMatchObject({ done: 1 });
  expect(registry.reports.findLast(({ checkpoint }) => checkpoint)?.checkpoint).toEqual({ version: 1 });
  expect(registry.succeeded).toEqual(IMPORTED);
  expect(readdirSync(root)).toEqual([]);
  const text = await counted.registry.metrics();
  expect(text).toContain('modelyard_imports_total{status="succeeded",service="training"} 1');
  expect(text).toContain('modelyard_imports_active{service="training"} 0');
  expect(text).toContain('modelyard_import_seconds_count{service="training"} 1');
});

it('gives every attempt a name of its own', async () => {
  const { registry, deliver } = worker(importStart({ status: 'failed' }, { decision: 'skip' }));
  await deliver();
  await deliver();
  expect(new Set(registry.attempts).size).toBe(2);
});

it('runs nothing when the registry says that it has ended', async () => {
  const { deliver, launcher } = worker(importStart({ status: 'failed' }, { decision: 'skip' }));
  await expect(deliver()).resolves.toEqual({ status: 'failed' });
  expect(launcher.launched).toEqual([]);
});

describe('an import that fails', () => {
  it('is tried again when that may help', async () => {
    const { registry, deliver, importer } = worker();
    const done = deliver();
    (await importer()).end({ type: 'failed', error: broken, permanent: false });
    await expect(done).rejects.toThrow('It is broken.');
    expect(registry.failures).toEqual([{ error: broken, retriable: true }]);
  });

  it('fails for good when the data are the reason', async () => {
    const { registry, deliver, importer } = worker();
    const done = deliver();
    (await importer()).end({ type: 'failed', error: broken, permanent: true });
    await expect(done).rejects.toBeInstanceOf(PermanentJobError);
    expect(registry.failures).toEqual([{ error: broken, retriable: false }]);
  });

  it('fails for good at the last attempt, and says how its importer died', async () => {
    const { registry, deliver, importer } = worker();
    const done = deliver(true);
    (await importer()).end({ type: 'crashed', reason: 'The importer was killed (SIGKILL).' });
    await expect(done).rejects.toBeInstanceOf(PermanentJobError);
    expect(registry.endings).toEqual(['failed: The importer was killed (SIGKILL).']);
  });

  it('is ended when it takes too long', async () => {
    const { registry, deliver, importer } = worker(importStart(), { timeoutMs: 20 });
    const done = deliver();
    const running = await importer();
    await expect(done).rejects.toBeInstanceOf(PermanentJobError);
    expect(running.asked).toEqual(['kill']);
    expect(registry.endings[0]).toMatch(/^failed: The import took longer/);
  });

  it('is ended when its importer takes too much memory', async () => {
    const { registry, deliver, importer } = worker(importStart(), { residentMiB: 1 });
    const done = deliver();
    const running = await importer();
    await expect(done).rejects.toBeInstanceOf(PermanentJobError);
    expect(running.asked).toEqual(['kill']);
    expect(registry.endings[0]).toMatch(/^failed: The importer took more than the 1 MiB of memory/);
  });

  it('is tried again when the store lacks blobs of its version', async () => {
    const { registry, deliver, importer } = worker();
    const done = deliver();
    registry.succeed = () => Promise.reject(new AppError('CONFLICT', 'The artifact store does not have 1.'));
    (await importer()).end({ type: 'finished', result: IMPORTED });
    await expect(done).rejects.toThrow('does not have 1');
    expect(registry.endings).toEqual(['retry: The artifact store does not have 1.']);
  });

  it('fails for good when the registry cannot take its version', async () => {
    const { registry, deliver, importer } = worker();
    const done = deliver();
    registry.succeed = () => Promise.reject(new AppError('VALIDATION_FAILED', 'It is too wide.'));
    (await importer()).end({ type: 'finished', result: IMPORTED });
    await expect(done).rejects.toBeInstanceOf(PermanentJobError);
    expect(registry.endings).toEqual(['failed: It is too wide.']);
  });

  it('is over when the registry has ended it by another way meanwhile', async () => {
    const { registry, deliver, importer } = worker();
    const done = deliver();
    const ended = () => Promise.reject(new AppError('CONFLICT', 'It was cancelled.'));
    Object.assign(registry, { succeed: ended, fail: ended });
    (await importer()).end({ type: 'finished', result: IMPORTED });
    await expect(done).resolves.toEqual({ status: 'cancelled' });
  });

  it('is tried again when there is no room for its folder', async () => {
    writeFileSync(join(root, 'file'), '');
    const { registry, deliver } = worker(importStart(), { root: join(root, 'file') });
    await expect(deliver()).rejects.toThrow('could not make a folder');
    expect(registry.failures).toMatchObject([{ retriable: true }]);
  });
});

describe('a cancel', () => {
  it('kills the importer, removes its folder and says so', async () => {
    const { registry, sessions, deliver, importer } = worker();
    const done = deliver();
    const running = await importer();
    registry.cancelRequested = true;
    sessions.poll('import-1');
    await expect(done).resolves.toEqual({ status: 'cancelled' });
    expect(running.asked).toEqual(['kill']);
    expect(registry.endings).toEqual(['cancelled']);
    expect(existsSync(running.assignment.folder)).toBe(false);
  });

  it('that came before the start starts no importer', async () => {
    const { registry, deliver, launcher } = worker(importStart({ cancelRequested: true }));
    await expect(deliver()).resolves.toEqual({ status: 'cancelled' });
    expect(launcher.launched).toEqual([]);
    expect(registry.endings).toEqual(['cancelled']);
  });

  it('that the registry heard of before the version wins', async () => {
    const { registry, deliver, importer } = worker();
    const done = deliver();
    registry.succeed = () => Promise.resolve('cancelled');
    (await importer()).end({ type: 'finished', result: IMPORTED });
    await expect(done).resolves.toEqual({ status: 'cancelled' });
  });
});

describe('a worker that loses its import', () => {
  it.each(['shutdown', 'lock-lost'] as const)('gives it back on %s, with its checkpoint', async (kind) => {
    const { registry, interrupt, deliver, importer } = worker();
    const done = deliver();
    const running = await importer();
    running.says({ type: 'checkpoint', checkpoint: { version: 1 } });
    interrupt(kind);
    await expect(done).rejects.toBeInstanceOf(JobInterruption);
    expect(registry.reports.some(({ checkpoint }) => checkpoint !== undefined)).toBe(true);
    expect(registry.endings).toEqual([]);
    expect(readdirSync(root)).toEqual([]);
  });

  it('stops when the registry has ended it by another way, and tells it nothing more', async () => {
    const { registry, deliver, importer } = worker();
    const done = deliver();
    const running = await importer();
    registry.failure = new AppError('CONFLICT', 'It has ended.');
    await expect(done).resolves.toEqual({ status: 'cancelled' });
    expect(running.asked).toEqual(['kill']);
    expect(registry.endings).toEqual([]);
  });
});
