import type { Caller, ModelVersion, PackageFile, Signature } from '@modelyard/contracts';
import { PACKAGE_PATHS } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { ArtifactRepository } from '../runs/artifact.repository';
import { RunRepository } from '../runs/run.repository';
import { PackageFiles } from './package-files';
import { RegisterVersion } from './register-version';

export interface RunPackage {
  model: string;
  runId: string;
  /** The folder of the package among the run's artifacts. */
  artifactPath: string;
  description: string;
  tags: Record<string, string>;
}

const MAX_SIGNATURE_BYTES = 1024 * 1024;

@Injectable()
export class RegisterFromRun {
  constructor(
    private readonly runs: RunRepository,
    private readonly artifacts: ArtifactRepository,
    private readonly packages: PackageFiles,
    private readonly blobs: BlobStore,
    private readonly register: RegisterVersion,
  ) {}

  /**
   * Registers a package that a run has among its artifacts.
   * @throws AppError NOT_FOUND when the run does not exist, CONFLICT when the folder holds no complete package
   */
  async execute({ runId, artifactPath, ...version }: RunPackage, caller: Caller): Promise<ModelVersion> {
    const run = (await this.runs.require(runId)).value;
    const folder = artifactPath.replace(/\/+$/, '');
    const files = (await this.artifacts.inFolder(runId, folder)).map(({ path, sha256, size }) => ({
      path,
      sha256,
      size,
    }));
    await this.packages.requireComplete(files);
    const signature = await this.readSignature(files);
    const registration = { ...version, runId, signature, package: files, metrics: run.metrics };
    return this.register.execute(
      { ...registration, stage: 'None', source: `runs:/${runId}/${folder}` },
      caller,
    );
  }

  private async readSignature(files: PackageFile[]): Promise<Signature> {
    const file = files.find(({ path }) => path === PACKAGE_PATHS.signature);
    if (file === undefined) throw unusable('has no signature');
    try {
      const content = await this.blobs.read(file.sha256, MAX_SIGNATURE_BYTES);
      return JSON.parse(content.toString('utf8')) as Signature;
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw unusable('is not JSON', cause);
    }
  }
}

function unusable(why: string, cause?: unknown): AppError {
  const message = `${PACKAGE_PATHS.signature} of the package ${why}`;
  return new AppError('CONFLICT', `The version cannot be registered: ${message}.`, { cause });
}
