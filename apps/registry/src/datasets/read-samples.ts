import type { SplitName } from '@modelyard/contracts';
import type { PackedDataset } from '@modelyard/ml-datasets';
import { Injectable } from '@nestjs/common';
import { DatasetRepository } from './dataset.repository';
import { PackedDatasets } from './packed-datasets';

export interface Sample {
  /** The row in the version. */
  index: number;
  label: string;
  /** Nested as the schema's shape: what a deployment's predict route takes as one input. */
  value: NestedNumbers;
}
export type NestedNumbers = number[] | NestedNumbers[];

@Injectable()
export class ReadSamples {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly contents: PackedDatasets,
  ) {}

  async execute(
    name: string,
    version: number | 'latest',
    window: { split: SplitName; offset: number; limit: number },
  ): Promise<{ items: Sample[]; total: number }> {
    const { packed, split } = await this.contents.open(await this.datasets.requireVersion(name, version));
    const indices = split[window.split];
    const shown = indices.subarray(window.offset, window.offset + window.limit);
    return { items: Array.from(shown, (index) => sampleAt(packed, index)), total: indices.length };
  }
}

function sampleAt(packed: PackedDataset, index: number): Sample {
  const { shape, classes } = packed.schema;
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Array.from(packed.values.subarray(index * size, (index + 1) * size));
  return { index, label: classes[packed.labels[index] ?? -1] ?? '', value: nest(values, shape) };
}

/** Folds a row-major list into arrays of arrays of `shape`. */
export function nest(values: number[], shape: readonly number[]): NestedNumbers {
  let folded: NestedNumbers = values;
  for (const length of shape.slice(1).reverse()) {
    const parts: NestedNumbers[] = [];
    for (let start = 0; start < folded.length; start += length) {
      parts.push(folded.slice(start, start + length));
    }
    folded = parts;
  }
  return folded;
}
