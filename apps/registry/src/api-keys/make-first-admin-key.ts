import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { Identifiers } from '../sources/identifiers';
import { AdminKey } from './admin-key';
import { ApiKeyRepository } from './api-key.repository';
import { ShowFirstKey } from './show-first-key';

/** Nobody has a key yet. */
const BOOTSTRAP: Caller = { id: 'service:registry', name: 'registry', role: 'admin', kind: 'service' };

@Injectable()
export class MakeFirstAdminKey {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keys: ApiKeyRepository,
    private readonly adminKey: AdminKey,
    private readonly show: ShowFirstKey,
    private readonly identifiers: Identifiers,
  ) {}

  /**
   * Makes an admin key if no key was ever made. Replicas that start together wait for each other here. The key is shown
   * before it is committed: a crash in between leaves a key that does not work and makes another at the next start,
   * never one that works and that nobody knows.
   */
  async execute(): Promise<void> {
    await this.work.transaction(async () => {
      if (await this.keys.lockAndCheckAny()) return;
      const { id, key } = this.identifiers.apiKey();
      await this.adminKey.create(id, key, BOOTSTRAP);
      await this.show.execute(key);
    });
  }
}
