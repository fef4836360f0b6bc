import type { Caller } from '@modelyard/contracts';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { RegistryConfig } from '../registry.config';
import { Identifiers } from '../sources/identifiers';
import { ApiKeyRepository } from './api-key.repository';
import { digestOf, idOf } from './key-format';
import { ShowFirstKey } from './show-first-key';

/** Who makes the first key: nobody has one yet. */
const BOOTSTRAP: Caller = { id: 'service:registry', name: 'registry', role: 'admin', kind: 'service' };
/** Who made the keys that came by the environment. */
const OPERATOR: Caller = { ...BOOTSTRAP, name: 'operator' };

@Injectable()
export class MakeFirstAdminKey implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keys: ApiKeyRepository,
    private readonly changes: RecordChange,
    private readonly show: ShowFirstKey,
    private readonly config: RegistryConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const given = this.config.adminApiKey;
    if (given === undefined) await this.makeFirst();
    else await this.adopt(given);
  }

  /**
   * Makes an admin key if no key was ever made. Replicas that start together wait for each other here. The key is shown
   * before it is committed: a crash in between leaves a key that does not work and makes another at the next start,
   * never one that works and that nobody knows.
   */
  async makeFirst(): Promise<void> {
    await this.work.transaction(async () => {
      if (await this.keys.lockAndCheckAny()) return;
      const { id, key } = new Identifiers().apiKey();
      await this.create(id, key, BOOTSTRAP);
      await this.show.execute(key);
    });
  }

  /** Takes the operator's key in place of the one that came the same way before: that is how it is changed. */
  private async adopt(key: string): Promise<void> {
    const id = idOf(key);
    if (id === undefined) return; // the configuration has checked its form
    await this.work.transaction(async () => {
      await this.keys.lockAndCheckAny();
      await this.create(id, key, OPERATOR);
      for (const old of await this.keys.revokeOthers(OPERATOR.name, id)) {
        await this.changes.execute({
          action: 'api-key.revoked',
          announce: 'api-key.changed',
          subject: `api-keys/${old}`,
          caller: OPERATOR,
          details: { replacedBy: id },
        });
      }
    });
  }

  private async create(id: string, key: string, caller: Caller): Promise<void> {
    const made = await this.keys.createIfAbsent({
      id,
      name: 'admin',
      role: 'admin',
      sha256: digestOf(key),
      createdBy: caller.name,
    });
    if (!made) return;
    await this.changes.execute({
      action: 'api-key.created',
      announce: 'api-key.changed',
      subject: `api-keys/${id}`,
      caller,
      details: { name: 'admin', role: 'admin' },
    });
  }
}
