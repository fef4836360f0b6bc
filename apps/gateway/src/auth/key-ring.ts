import { createHash } from 'node:crypto';
import type { ApiKeyDigest } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';

/** The API keys as this replica knows them: digests, never keys. */
@Injectable()
export class KeyRing {
  private digests: ReadonlyMap<string, ApiKeyDigest> = new Map();

  replace(keys: readonly ApiKeyDigest[]): void {
    this.digests = new Map(keys.map((key) => [key.sha256, key]));
  }

  /** Keys hold 256 random bits, so a look-up by their digest tells an attacker nothing by its time. */
  find(key: string): ApiKeyDigest | undefined {
    return this.digests.get(createHash('sha256').update(key).digest('hex'));
  }
}
