import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DatasetVersion, Recipe } from '@modelyard/contracts';
import { buildBuiltIn } from '@modelyard/ml-datasets';
import { openBlobStore, toStoredContent } from '@modelyard/platform-blobs';
import type { BlobStore } from '@modelyard/platform-blobs';
import { JobProducer } from '@modelyard/platform-queue';
import { eventually } from '@modelyard/platform-testing';
import { IRIS_VERSION } from './example-job';
import { RegistryServer } from './registry-server';
import type { KnownJob } from './registry-server';
import { ServiceUnderTest } from './service-under-test';
import { SilentLogger } from './silent-logger';

/** Everything around the training service: a registry, a blob store with iris in it, and the queue. */
export class Workbench {
  readonly registry = new RegistryServer();
  readonly folder = mkdtempSync(join(tmpdir(), 'modelyard-training-'));
  readonly artifactStoreUrl = pathToFileURL(this.folder).href;
  readonly blobs: BlobStore = openBlobStore(this.artifactStoreUrl);
  readonly producer: JobProducer;
  private readonly services: ServiceUnderTest[] = [];
  private iris: DatasetVersion | undefined;
  private added = 0;

  constructor(private readonly redisUrl: string) {
    this.producer = new JobProducer(redisUrl, SilentLogger.create());
  }

  async open(): Promise<void> {
    await this.registry.listen();
    const { version } = await buildBuiltIn('iris', toStoredContent(this.blobs), this.folder);
    this.iris = { ...IRIS_VERSION, ...version };
  }

  async startService(env: Record<string, string> = {}): Promise<ServiceUnderTest> {
    const service = await ServiceUnderTest.start({
      REDIS_URL: this.redisUrl,
      REGISTRY_URL: this.registry.url,
      ARTIFACT_STORE_URL: this.artifactStoreUrl,
      ...env,
    });
    this.services.push(service);
    return service;
  }

  /** Queues a training of iris. */
  async train(recipe: Recipe): Promise<KnownJob & { id: string }> {
    if (this.iris === undefined) throw new Error('open the workbench first');
    const id = `job-${++this.added}`;
    const job = Object.assign(this.registry.add(id, { recipe, datasetVersion: this.iris }), { id });
    await this.producer.add(
      'training',
      'train',
      { trainingJobId: id, requestId: `request-${id}` },
      { jobId: id },
    );
    return job;
  }

  /** Waits until the job has ended, and says how. */
  async outcome(job: KnownJob, timeoutMs = 100_000): Promise<KnownJob> {
    return eventually(
      () => {
        if (job.status === 'queued' || job.status === 'running') throw new Error(`it is ${job.status}`);
        return job;
      },
      { timeoutMs, describe: 'the end of the training' },
    );
  }

  /** Waits until the registry knows a checkpoint of at least this epoch. */
  async checkpointOf(job: KnownJob, epoch = 1): Promise<void> {
    await eventually(() => expect(job.checkpoints.at(-1)?.epoch).toBeGreaterThanOrEqual(epoch), {
      timeoutMs: 60_000,
      describe: `a checkpoint of epoch ${epoch}`,
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop('SIGKILL')));
    await this.producer.close();
    await this.registry.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
