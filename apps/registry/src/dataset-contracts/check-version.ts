import type { ContractReport, DataContract, DatasetVersion } from '@modelyard/contracts';
import { checkContract, ContractError } from '@modelyard/ml-data-contracts';
import type { PreviousVersion } from '@modelyard/ml-data-contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { LongWork } from '../dataset-contents/opening/long-work';
import { OpenVersions } from '../dataset-contents/opening/open-versions';
import { DatasetRepository } from '../datasets/dataset.repository';
import { Clock } from '../sources/clock';
import { ContractRepository } from './contract.repository';
import { refuseContract, requireKind } from './read-contract';

/** How many deleted versions are passed over. */
const LOOK_BACK = 50;

@Injectable()
export class CheckVersion {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly contracts: ContractRepository,
    private readonly versions: OpenVersions,
    private readonly work: LongWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks a version against a contract, and changes nothing.
   * @param given the dataset's own contract when absent
   * @throws AppError NOT_FOUND, also when there is no contract; VALIDATION_FAILED for one that cannot be checked;
   *   OVERLOADED, DEADLINE_EXCEEDED
   */
  async execute(
    name: string,
    number: number | 'latest',
    given: DataContract | undefined,
    signal: AbortSignal,
  ): Promise<ContractReport> {
    const version = await this.datasets.requireVersion(name, number);
    const { contract, revision } = given === undefined ? await this.own(name) : { contract: given };
    requireKind(contract, version.schema.kind, given === undefined ? '' : 'contract');
    const previous = await this.before(version);
    const run = this.work.run(
      [version],
      async ({ engine, stored: [stored] }) =>
        checkContract(engine, {
          relation: stored?.samples ?? '',
          kind: version.schema.kind,
          columns: version.schema.fields ?? [],
          contract,
          ...(revision === undefined ? {} : { revision }),
          ...(stored === undefined ? {} : { statistics: await stored.statistics() }),
          ...(previous === undefined ? {} : { previous }),
          now: new Date(this.clock.now()),
        }),
      { signal },
    );
    return run.catch((error: unknown) => {
      throw error instanceof ContractError ? refuseContract(error, 'contract') : error;
    });
  }

  private async own(name: string): Promise<{ contract: DataContract; revision: number }> {
    const own = await this.contracts.current(name);
    if (own !== undefined) return own;
    throw new AppError(
      'NOT_FOUND',
      `Dataset '${name}' has no contract. Send one as \`contract\`, or PUT it to /api/v1/datasets/${name}/contract first.`,
    );
  }

  /** The nearest version before that still has its content: what distances are taken from. */
  private async before({ dataset, version }: DatasetVersion): Promise<PreviousVersion | undefined> {
    for (let number = version - 1; number >= Math.max(1, version - LOOK_BACK); number--) {
      const previous = await this.datasets.requireVersion(dataset, number);
      if (previous.deleted !== undefined) continue;
      const stored = await this.versions.stored(previous);
      return { schema: previous.schema, statistics: await stored.statistics() };
    }
    return undefined;
  }
}
