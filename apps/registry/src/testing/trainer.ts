import type {
  PackageFile,
  Signature,
  StartTrainingResponse,
  SucceedTraining,
  TrainingJob,
} from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { irisRecipe } from './recipes';
import type { RegistryUnderTest } from './registry-under-test';

export const SIGNATURE: Signature = {
  inputs: [{ name: 'input', dtype: 'float32', shape: [-1, 4], columns: ['a', 'b', 'c', 'd'] }],
  outputs: [{ name: 'probabilities', dtype: 'float32', shape: [-1, 3] }],
  task: 'tabular-classification',
  classes: ['setosa', 'versicolor', 'virginica'],
};

/** Plays the training service: it says what that says, and trains nothing. */
export class Trainer {
  constructor(private readonly registry: RegistryUnderTest) {}

  /** Makes sure that the dataset `iris` is there, and submits a training on it. */
  async submit(changes: Record<string, unknown> = {}): Promise<TrainingJob> {
    await this.registry.ok('POST', '/api/v1/datasets', { name: 'iris' });
    return this.registry.ok<TrainingJob>('POST', '/api/v1/training-jobs', irisRecipe(changes));
  }

  start(id: string): Promise<StartTrainingResponse> {
    return this.say(id, 'start', {});
  }

  say<T>(id: string, what: string, body: unknown): Promise<T> {
    return this.registry.ok<T>('POST', `/internal/training-jobs/${id}/${what}`, body, { as: 'training' });
  }

  /** A whole training, to a registered version of `model` in `stage`. */
  async train(model = 'iris', stage: 'None' | 'Staging' | 'Production' = 'None'): Promise<TrainingJob> {
    const job = await this.submit({ register: { model, stage } });
    await this.start(job.id);
    return this.say(job.id, 'succeed', await this.success(model, stage));
  }

  async success(model: string, stage: 'None' | 'Staging' | 'Production'): Promise<SucceedTraining> {
    const files = await this.storePackage();
    return {
      metrics: { test_accuracy: 0.97, test_log_loss: 0.1 },
      weightsDigest: 'ab'.repeat(32),
      backend: 'wasm',
      artifacts: files.map((file) => ({
        ...file,
        path: `model/${file.path}`,
        mediaType: 'application/octet-stream',
      })),
      register: { model, stage, signature: SIGNATURE, package: files },
    };
  }

  async storePackage(): Promise<PackageFile[]> {
    const blobs = this.registry.service.app.get(BlobStore, { strict: false });
    const contents = {
      MLmodel: 'flavors: {}',
      'model.onnx': 'graph',
      'signature.json': JSON.stringify(SIGNATURE),
    };
    return Promise.all(
      Object.entries(contents).map(async ([path, text]) => ({
        path,
        ...(await blobs.put(Buffer.from(text))),
      })),
    );
  }
}
