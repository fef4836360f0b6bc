import { PACKAGE_PATHS } from '@modelyard/contracts';
import type { DesiredDeployment, InputExample, PackageFile } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import { BlobStore } from '@modelyard/platform-blobs';
import { Logger } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import { InferenceConfig } from '../inference.config';
import { LoadedModel } from './loaded-model';
import { ModelSessionFactory } from './model-session';
import { verifyExample } from './verify-example';

/** A few rows of numbers as JSON. */
const MAX_EXAMPLE_BYTES = 16 * 1024 * 1024;

/** Brings one version into memory: fetch, open, verify, warm. */
@Injectable()
export class LoadModel {
  constructor(
    private readonly blobs: BlobStore,
    private readonly sessions: ModelSessionFactory,
    private readonly config: InferenceConfig,
    private readonly logger: Logger,
  ) {}

  /** @throws Error in words for a person, when the version cannot serve; nothing stays in memory then */
  async execute(desired: DesiredDeployment): Promise<LoadedModel> {
    const startedAt = performance.now();
    const [input, output] = [desired.signature.inputs[0], desired.signature.outputs[0]];
    if (input === undefined || output === undefined)
      throw new Error('the signature has no input or no output');

    const bytes = await this.fetch(desired, PACKAGE_PATHS.onnx, this.config.maxModelBytes);
    const session = await this.sessions.open(bytes, { input: input.name, output: output.name });
    try {
      requireName(session.inputNames, input.name, 'input');
      requireName(session.outputNames, output.name, 'output');
      const model = new LoadedModel(
        { model: desired.model, version: desired.version },
        desired.signature,
        session,
      );
      const difference = await this.warm(model, desired);
      const milliseconds = Math.round(performance.now() - startedAt);
      this.logger.info({ model: model.label, milliseconds, difference }, 'model loaded');
      return model;
    } catch (error) {
      await session.dispose();
      throw error;
    }
  }

  /** The first run of a session allocates and plans; no client should wait for that. */
  private async warm(model: LoadedModel, desired: DesiredDeployment): Promise<number | undefined> {
    const size = product(model.sampleShape);
    const probabilities = await model.run(new Float32Array(size), 1);
    if (probabilities.length !== model.classes.length) {
      throw new Error(
        `the model gives ${probabilities.length} probabilities for ${model.classes.length} classes`,
      );
    }
    if (find(desired.package, PACKAGE_PATHS.inputExample) === undefined) return undefined;
    const example = await this.fetch(desired, PACKAGE_PATHS.inputExample, MAX_EXAMPLE_BYTES);
    return verifyExample(model, JSON.parse(example.toString('utf8')) as InputExample);
  }

  private async fetch(desired: DesiredDeployment, path: string, maximum: number): Promise<Buffer> {
    const file = find(desired.package, path);
    if (file === undefined) throw new Error(`the model package has no ${path}`);
    if (file.size > maximum) throw new Error(`${path} has ${file.size} bytes, at most ${maximum} are loaded`);
    return this.blobs.read(file.sha256, maximum);
  }
}

function find(files: readonly PackageFile[], path: string): PackageFile | undefined {
  return files.find((file) => file.path === path);
}

function requireName(names: readonly string[], name: string, kind: 'input' | 'output'): void {
  if (names.includes(name)) return;
  throw new Error(
    `the model has no ${kind} \`${name}\`, only ${names.map((other) => `\`${other}\``).join(', ')}`,
  );
}
