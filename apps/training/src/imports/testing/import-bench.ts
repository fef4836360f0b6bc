import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DatasetImport, StartImportResponse, StoredFile } from '@modelyard/contracts';
import { LocalBlobStore } from '@modelyard/platform-blobs';
import { JobProducer } from '@modelyard/platform-queue';
import { eventually } from '@modelyard/platform-testing';
import { ServiceUnderTest } from '../../testing/service-under-test';
import { SilentLogger } from '../../testing/silent-logger';
import { hasEnded, ImportRegistryServer } from './import-registry-server';
import type { KnownImport } from './import-registry-server';

/** Everything around the imports of the training service: a registry, a blob store and the queue. */
export class ImportBench {
  readonly registry = new ImportRegistryServer();
  readonly folder = mkdtempSync(join(tmpdir(), 'modelyard-imports-'));
  readonly scratch = join(this.folder, 'scratch');
  readonly blobs = new LocalBlobStore(join(this.folder, 'blobs'));
  readonly producer: JobProducer;
  private readonly services: ServiceUnderTest[] = [];
  private added = 0;

  constructor(private readonly redisUrl: string) {
    this.producer = new JobProducer(redisUrl, SilentLogger.create());
    mkdirSync(this.scratch);
  }

  async startService(env: Record<string, string> = {}): Promise<ServiceUnderTest> {
    const service = await ServiceUnderTest.start({
      REDIS_URL: this.redisUrl,
      REGISTRY_URL: this.registry.url,
      ARTIFACT_STORE_URL: pathToFileURL(join(this.folder, 'blobs')).href,
      IMPORT_SCRATCH_FOLDER: this.scratch,
      ...env,
    });
    this.services.push(service);
    return service;
  }

  async upload(name: string, content: Buffer | string, rest: Partial<StoredFile> = {}): Promise<StoredFile> {
    const piece = await this.blobs.put(Buffer.from(content));
    return { name, size: piece.size, pieces: [piece], ...rest };
  }

  async queue(
    change: Partial<DatasetImport>,
    rest: Partial<StartImportResponse> = {},
  ): Promise<KnownImport & { id: string }> {
    const id = `import-${++this.added}`;
    const known = Object.assign(this.registry.add(id, change, rest), { id });
    await this.producer.add('imports', 'import-dataset', { importId: id, requestId: 'r' }, { jobId: id });
    return known;
  }

  /** Waits until the import has ended, and says how. */
  async outcome(known: KnownImport, timeoutMs = 60_000): Promise<DatasetImport> {
    return eventually(
      () => {
        if (!hasEnded(known)) throw new Error(`it is ${JSON.stringify(known.start.import)}`);
        return known.start.import;
      },
      { timeoutMs, describe: 'the end of the import' },
    );
  }

  /** Waits until a report says so. */
  async reported(
    known: KnownImport,
    what: (report: KnownImport['reports'][number]) => boolean,
  ): Promise<void> {
    await eventually(() => expect(known.reports.some(what)).toBe(true), { timeoutMs: 30_000 });
  }

  scratchFolders(): string[] {
    return readdirSync(this.scratch);
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop('SIGKILL')));
    await this.producer.close();
    await this.registry.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
