import type { Caller } from '@modelyard/contracts';
import { Logger } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { AdminKey } from './admin-key';
import { ApiKeyRepository } from './api-key.repository';
import { digestOf, idOf } from './key-format';

/** Who made the keys that came by the environment. */
const OPERATOR: Caller = { id: 'service:registry', name: 'operator', role: 'admin', kind: 'service' };

@Injectable()
export class AdoptOperatorKey {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keys: ApiKeyRepository,
    private readonly adminKey: AdminKey,
    private readonly changes: RecordChange,
    private readonly logger: Logger,
  ) {}

  /**
   * Takes the operator's key in place of the one that came the same way before: that is how it is changed. A key that
   * was revoked stays revoked, and one with the id of another key is not that key: both are only warned of, and
   * the key before goes on working.
   */
  async execute(key: string): Promise<void> {
    const id = idOf(key);
    if (id === undefined) return; // the configuration has checked its form
    const works = await this.work.transaction(async () => {
      await this.keys.lockAndCheckAny();
      await this.adminKey.create(id, key, OPERATOR);
      const inForce = (await this.keys.digests()).some(({ sha256 }) => sha256 === digestOf(key));
      if (inForce) await this.retireOthers(id);
      return inForce;
    });
    if (!works) {
      this.logger.warn(
        { keyId: id },
        'ADMIN_API_KEY does not work: it was revoked, or its id is that of another key',
      );
    }
  }

  private async retireOthers(id: string): Promise<void> {
    for (const old of await this.keys.revokeOthers(OPERATOR.name, id)) {
      await this.changes.execute({
        action: 'api-key.revoked',
        announce: 'api-key.changed',
        subject: `api-keys/${old}`,
        caller: OPERATOR,
        details: { replacedBy: id },
      });
    }
  }
}
