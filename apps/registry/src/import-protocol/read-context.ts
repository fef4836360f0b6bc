import type { StartImportResponse } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { ContractRepository } from '../dataset-contracts/contract.repository';
import type { KnownImport } from '../dataset-imports/dataset-import.repository';
import { DatasetRepository } from '../datasets/dataset.repository';

type Context = Pick<StartImportResponse, 'parent' | 'previous' | 'contract'>;

/** What an import depends on besides its files. */
@Injectable()
export class ReadContext {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly contracts: ContractRepository,
  ) {}

  /** @returns why the import cannot be made, where the version that it adds to or changes is gone */
  async execute({ import: held, parent, contract: brought }: KnownImport): Promise<Context | string> {
    const exists = (await this.datasets.find(held.dataset)) !== undefined;
    const previous = await this.datasets.findLatest(held.dataset);
    const current = exists ? await this.contracts.hold(held.dataset) : { revision: 0 };
    // A contract that came along becomes the next revision when the import succeeds.
    const contract =
      brought !== undefined
        ? { revision: current.revision + 1, contract: brought }
        : current.contract !== undefined
          ? { revision: current.revision, contract: current.contract }
          : undefined;
    const context = {
      ...(previous === undefined ? {} : { previous }),
      ...(contract === undefined ? {} : { contract }),
    };
    if (parent === undefined) return context;
    const parentVersion = await this.datasets.requireVersion(held.dataset, parent.version);
    if (parentVersion.deleted !== undefined)
      return `The content of version ${parent.version} of dataset '${held.dataset}' was deleted.`;
    return { ...context, parent: parentVersion };
  }
}
