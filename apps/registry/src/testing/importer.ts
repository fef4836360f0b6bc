import { tmpdir } from 'node:os';
import type {
  BuiltInDataset,
  DatasetImport,
  DatasetVersion,
  StartImportResponse,
  SucceedImport,
} from '@modelyard/contracts';
import { buildBuiltIn } from '@modelyard/ml-datasets';
import { BlobStore, toStoredContent } from '@modelyard/platform-blobs';
import type { RegistryUnderTest } from './registry-under-test';

/** Plays the import worker: it says what that says, and reads no file. What it "builds" is a built-in dataset. */
export class Importer {
  private attempts = 0;

  constructor(private readonly registry: RegistryUnderTest) {}

  /** Uploads a file in one go. @returns the upload's id */
  async upload(content: string, name = 'flowers.csv'): Promise<string> {
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-length': String(Buffer.byteLength(content)),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
      'content-type': 'application/offset+octet-stream',
    };
    const { id } = await this.registry.ok<{ id: string }>('POST', '/api/v1/uploads', content, { headers });
    return id;
  }

  /** Submits the import of an upload. */
  async submit(changes: Record<string, unknown> = {}): Promise<DatasetImport> {
    const id = await this.upload('a,b\n1,2\n');
    return this.registry.ok<DatasetImport>('POST', '/api/v1/datasets', {
      name: 'flowers',
      source: { type: 'upload', uploads: [{ id }] },
      ...changes,
    });
  }

  start(id: string, attemptId = `attempt-${(this.attempts += 1)}`): Promise<StartImportResponse> {
    return this.say(id, 'start', { attemptId });
  }

  say<T = DatasetImport>(id: string, what: string, body: unknown): Promise<T> {
    return this.registry.ok<T>('POST', `/internal/dataset-imports/${id}/${what}`, body, { as: 'training' });
  }

  /** What a worker says that has built `content`; the content is in the store. */
  async success(
    content: BuiltInDataset = 'iris',
    changes: Partial<SucceedImport['version']> = {},
  ): Promise<SucceedImport> {
    const blobs = this.registry.service.app.get(BlobStore, { strict: false });
    const built = await buildBuiltIn(content, toStoredContent(blobs), tmpdir());
    return { version: { ...built.version, ...changes }, blobs: built.blobs };
  }

  /** Ends an import as a worker does that had no trouble. */
  async finish(
    id: string,
    content: BuiltInDataset = 'iris',
    changes: Partial<SucceedImport['version']> = {},
  ): Promise<DatasetImport> {
    await this.start(id);
    return this.say(id, 'succeed', await this.success(content, changes));
  }

  /** A whole import, to the version that came of it. */
  async import(
    changes: Record<string, unknown> = {},
    content: BuiltInDataset = 'iris',
  ): Promise<DatasetVersion> {
    const { id } = await this.submit(changes);
    const { dataset, result } = await this.finish(id, content);
    return this.registry.ok('GET', `/api/v1/datasets/${dataset}/versions/${result?.version}`);
  }
}
