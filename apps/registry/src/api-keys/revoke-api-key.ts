import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { ApiKeyRepository } from './api-key.repository';

@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keys: ApiKeyRepository,
    private readonly changes: RecordChange,
  ) {}

  /** @throws AppError NOT_FOUND */
  execute(id: string, caller: Caller): Promise<void> {
    return this.work.transaction(async () => {
      const wasInForce = await this.keys.revoke(id);
      if (!wasInForce) return;
      await this.changes.execute({
        action: 'api-key.revoked',
        announce: 'api-key.changed',
        subject: `api-keys/${id}`,
        caller,
      });
    });
  }
}
