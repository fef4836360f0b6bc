import type { BuiltInDataset, Caller, DatasetVersion } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { AddVersion } from './add-version';
import { BuiltIns } from './built-ins';

export interface BuiltInRequest {
  name: string;
  builtIn: BuiltInDataset;
  description?: string;
}

@Injectable()
export class ImportBuiltIn {
  constructor(
    private readonly work: UnitOfWork,
    private readonly builtIns: BuiltIns,
    private readonly add: AddVersion,
  ) {}

  /**
   * Stores a built-in dataset as a new version, or finds the version that holds this very content already.
   * @throws AppError CONFLICT when the dataset holds samples of another kind
   */
  async execute(
    { name, builtIn, description }: BuiltInRequest,
    caller: Caller,
  ): Promise<{ version: DatasetVersion; created: boolean }> {
    const built = await this.builtIns.version(builtIn);
    const version = {
      ...built,
      dataset: name,
      description: description ?? built.version.source.description,
      createdBy: caller.name,
      from: {},
    };
    return this.work.transaction(() => this.add.execute(version, caller, { builtIn }));
  }
}
