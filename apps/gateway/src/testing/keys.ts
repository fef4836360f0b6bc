import { createHash } from 'node:crypto';
import type { ApiKeyDigest, ApiKeyDigests, Role } from '@modelyard/contracts';
import { createLogger } from '@modelyard/platform-observability';
import { ApiKeySource } from '../auth/api-key-source';

export const silentLogger = createLogger({ service: 'gateway', level: 'silent', format: 'json' });

/** The digest of a key that is called like itself. */
export function digestOf(key: string, role: Role = 'admin', expiresAt?: string): ApiKeyDigest {
  const sha256 = createHash('sha256').update(key).digest('hex');
  return { id: `id-${key}`, name: key, role, sha256, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

/** A registry's keys, of which one may be added or lost, and which may be away. */
export class FakeKeys extends ApiKeySource {
  keys: ApiKeyDigest[] = [];
  up = true;
  asked = 0;

  fetch(etag: string | undefined): Promise<ApiKeyDigests | undefined> {
    this.asked += 1;
    if (!this.up) return Promise.reject(new Error('refused'));
    const current = this.keys.map(({ id }) => id).join();
    return Promise.resolve(etag === current ? undefined : { etag: current, keys: this.keys });
  }
}
