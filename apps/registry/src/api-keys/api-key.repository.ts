import type { ApiKey, ApiKeyDigest, Page, Role } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

export interface NewApiKey {
  id: string;
  name: string;
  role: Role;
  sha256: string;
  createdBy: string;
  /** Milliseconds since the epoch. */
  expiresAt?: number;
}

/** API keys, by their digests: the keys themselves are stored nowhere. */
export abstract class ApiKeyRepository {
  /** Newest first, revoked ones too. */
  abstract list(page: PageRequest): Promise<Page<ApiKey>>;
  abstract create(key: NewApiKey): Promise<ApiKey>;
  /** Makes the key unless it is there. @returns whether it was made */
  abstract createIfAbsent(key: NewApiKey): Promise<boolean>;
  /** @returns whether the key was in force until now. @throws AppError NOT_FOUND */
  abstract revoke(id: string): Promise<boolean>;
  /** Revokes the keys that `createdBy` made, but one. */
  abstract revokeOthers(createdBy: string, except: string): Promise<string[]>;
  /** Holds all who look for the first key until the transaction ends. @returns whether there is any key, ever made */
  abstract lockAndCheckAny(): Promise<boolean>;
  /** All keys that are not revoked, by id. */
  abstract digests(): Promise<ApiKeyDigest[]>;
}
