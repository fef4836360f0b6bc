import type { ApiKey, Caller, Role } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../sources/clock';
import { Identifiers } from '../sources/identifiers';
import { ApiKeyRepository } from './api-key.repository';
import { digestOf } from './key-format';

export interface ApiKeyRequest {
  name: string;
  role: Role;
  /** Milliseconds since the epoch. */
  expiresAt?: number;
}

@Injectable()
export class CreateApiKey {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keys: ApiKeyRepository,
    private readonly changes: RecordChange,
    private readonly clock: Clock,
    private readonly identifiers: Identifiers,
  ) {}

  /**
   * @returns the key itself too, for the only time
   * @throws AppError VALIDATION_FAILED when the key would be expired from the start
   */
  execute(request: ApiKeyRequest, caller: Caller): Promise<ApiKey & { key: string }> {
    if (request.expiresAt !== undefined && request.expiresAt <= this.clock.now()) {
      const message = 'must lie in the future';
      throw new AppError('VALIDATION_FAILED', `expiresAt ${message}`, {
        fields: [{ path: 'expiresAt', message }],
      });
    }
    const { id, key } = this.identifiers.apiKey();
    return this.work.transaction(async () => {
      const made = await this.keys.create({ ...request, id, sha256: digestOf(key), createdBy: caller.name });
      await this.changes.execute({
        action: 'api-key.created',
        announce: 'api-key.changed',
        subject: `api-keys/${id}`,
        caller,
        details: { name: made.name, role: made.role, expiresAt: made.expiresAt ?? null },
      });
      return { ...made, key };
    });
  }
}
