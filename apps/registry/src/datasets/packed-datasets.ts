import type { DatasetVersion, SplitName } from '@modelyard/contracts';
import type { PackedDataset } from '@modelyard/ml-datasets';
import { decodeDataset, splitIndices } from '@modelyard/ml-datasets';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';

export interface OpenedDataset {
  packed: PackedDataset;
  split: Record<SplitName, Uint32Array>;
}

/** Versions larger than this are not read into memory for looking at. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Versions that stay decoded: looking at samples reads the same one again and again. */
const KEPT = 2;

/** The contents of dataset versions, read from the blob store and decoded. */
@Injectable()
export class PackedDatasets {
  private readonly kept = new Map<string, Promise<OpenedDataset>>();

  constructor(private readonly blobs: BlobStore) {}

  async open(version: DatasetVersion): Promise<OpenedDataset> {
    const key = version.blob.sha256;
    const opened = this.kept.get(key) ?? this.read(version);
    this.kept.delete(key);
    this.kept.set(key, opened);
    for (const oldest of [...this.kept.keys()].slice(0, -KEPT)) this.kept.delete(oldest);
    try {
      return await opened;
    } catch (error) {
      this.kept.delete(key);
      throw error;
    }
  }

  private async read(version: DatasetVersion): Promise<OpenedDataset> {
    if (version.blob.size > MAX_BYTES) {
      throw new AppError('CONFLICT', `Version ${version.version} is too large to show samples of it.`);
    }
    const packed = decodeDataset(await this.blobs.read(version.blob.sha256, MAX_BYTES));
    return { packed, split: splitIndices(packed, version.split) };
  }
}
