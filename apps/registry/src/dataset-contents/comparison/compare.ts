import type { DatasetComparison, DatasetVersion } from '@modelyard/contracts';
import { compareVersions } from '@modelyard/ml-datasets';
import type { StoredVersion, VersionComparison } from '@modelyard/ml-datasets';
import { Injectable } from '@nestjs/common';
import { DatasetRepository } from '../../datasets/dataset.repository';
import { LongWork } from '../opening/long-work';
import { requireContent } from '../opening/require-content';

/** Comparisons that stay known: what they are of never changes. */
const KEPT = 16;

@Injectable()
export class Compare {
  private readonly known = new Map<string, VersionComparison>();

  constructor(
    private readonly datasets: DatasetRepository,
    private readonly work: LongWork,
  ) {}

  /**
   * What became of one version in another.
   * @throws AppError NOT_FOUND, also when the content of either was deleted; OVERLOADED, DEADLINE_EXCEEDED
   */
  async execute(
    name: string,
    [first, second]: [number | 'latest', number | 'latest'],
    signal: AbortSignal,
  ): Promise<DatasetComparison> {
    const from = await this.datasets.requireVersion(name, first);
    const to = await this.datasets.requireVersion(name, second);
    requireContent(from);
    requireContent(to);
    const comparison = await this.between(from, to, signal);
    return { dataset: name, from: from.version, to: to.version, ...comparison };
  }

  private async between(
    from: DatasetVersion,
    to: DatasetVersion,
    signal: AbortSignal,
  ): Promise<VersionComparison> {
    const key = `${from.blob.sha256} ${to.blob.sha256}`;
    const comparison =
      this.known.get(key) ??
      (await this.work.run(
        [from, to],
        ({ engine, stored }) => {
          const [before, after] = stored as [StoredVersion, StoredVersion];
          return compareVersions(engine, before, after);
        },
        { signal },
      ));
    this.known.delete(key);
    this.known.set(key, comparison);
    for (const oldest of [...this.known.keys()].slice(0, -KEPT)) this.known.delete(oldest);
    return comparison;
  }
}
