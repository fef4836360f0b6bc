import type { BlobReference, ContractReport, DatasetStatistics, DatasetVersion } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { DatasetRepository } from '../../datasets/dataset.repository';
import { OpenVersions } from '../opening/open-versions';

/** A document of a version, which never changes. */
export interface VersionDocument<T> {
  content: T;
  sha256: string;
}

/** Statistics of 4,096 columns have about 40 MB. */
const MOST_BYTES = 128 * 1024 * 1024;

/** What was found out about a version when it was made. */
@Injectable()
export class ReadDocuments {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly versions: OpenVersions,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws AppError NOT_FOUND */
  async statistics(name: string, number: number | 'latest'): Promise<VersionDocument<DatasetStatistics>> {
    const { manifest } = await this.versions.stored(await this.datasets.requireVersion(name, number));
    return this.read(manifest.statistics);
  }

  /** @throws AppError NOT_FOUND, also when the version was checked against no contract */
  async contractReport(name: string, number: number | 'latest'): Promise<VersionDocument<ContractReport>> {
    const version = await this.datasets.requireVersion(name, number);
    const { manifest } = await this.versions.stored(version);
    if (manifest.contractReport === undefined) throw unchecked(version);
    return this.read(manifest.contractReport);
  }

  private async read<T>({ sha256 }: BlobReference): Promise<VersionDocument<T>> {
    const content = await this.blobs.read(sha256, MOST_BYTES);
    return { content: JSON.parse(content.toString('utf8')) as T, sha256 };
  }
}

function unchecked({ dataset, version }: DatasetVersion): AppError {
  return new AppError(
    'NOT_FOUND',
    `Version ${version} of dataset '${dataset}' was checked against no contract. POST to its /check checks it now.`,
  );
}
