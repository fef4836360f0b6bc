import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { DeploymentRepository } from './deployment.repository';

/** Which deployment answers `POST /predict`. It changes no revision: nothing has to be loaded for it. */
@Injectable()
export class MakeDefault {
  constructor(
    private readonly deployments: DeploymentRepository,
    private readonly changes: RecordChange,
  ) {}

  async execute(name: string, caller: Caller): Promise<void> {
    await this.deployments.makeDefault(name, 'always');
    await this.changes.execute({
      action: 'deployment.made-default',
      announce: 'deployment.changed',
      subject: `deployments/${name}`,
      caller,
    });
  }
}
