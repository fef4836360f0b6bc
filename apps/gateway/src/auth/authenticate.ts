import type { IncomingHttpHeaders } from 'node:http';
import type { ApiKeyDigest, Caller } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { credentialOf } from './credential';
import { KeyRing } from './key-ring';
import { SyncKeys } from './sync-keys';

/** Who is calling, by API key. */
@Injectable()
export class Authenticate {
  constructor(
    private readonly ring: KeyRing,
    private readonly sync: SyncKeys,
  ) {}

  /** @throws AppError UNAUTHENTICATED, or NOT_READY before the keys were fetched for the first time */
  async execute(headers: IncomingHttpHeaders, now: Date = new Date()): Promise<Caller> {
    const credential = credentialOf(headers);
    if (credential === undefined) {
      throw new AppError(
        'UNAUTHENTICATED',
        'This needs an API key: send it as "Authorization: Bearer <key>" or "X-API-Key: <key>".',
      );
    }
    const key = this.ring.find(credential) ?? (await this.lookAgain(credential));
    if (key.expiresAt !== undefined && Date.parse(key.expiresAt) <= now.getTime()) {
      throw new AppError('UNAUTHENTICATED', `The API key "${key.name}" expired at ${key.expiresAt}.`);
    }
    return { id: key.id, name: key.name, role: key.role, kind: 'api-key' };
  }

  private async lookAgain(credential: string): Promise<ApiKeyDigest> {
    await this.sync.refreshForUnknownKey();
    const key = this.ring.find(credential);
    if (key !== undefined) return key;
    if (!this.sync.synced) {
      throw new AppError('NOT_READY', 'The API keys are not known yet: the gateway has just started.', {
        retryAfterSeconds: 1,
      });
    }
    throw new AppError('UNAUTHENTICATED', 'The API key is not known, or was revoked.');
  }
}
