import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { ApiKeyRepository } from './api-key.repository';
import { digestOf } from './key-format';

/** Makes admin keys that nobody asked for over the API. */
@Injectable()
export class AdminKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly changes: RecordChange,
  ) {}

  async create(id: string, key: string, caller: Caller): Promise<void> {
    const name = 'admin';
    const role = 'admin';
    const made = await this.keys.createIfAbsent({
      id,
      name,
      role,
      sha256: digestOf(key),
      createdBy: caller.name,
    });
    if (!made) return;
    await this.changes.execute({
      action: 'api-key.created',
      announce: 'api-key.changed',
      subject: `api-keys/${id}`,
      caller,
      details: { name, role },
    });
  }
}
