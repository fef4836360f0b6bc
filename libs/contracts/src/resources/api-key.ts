import type { Role } from '../access/role';

export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  createdAt: string;
  createdBy: string;
  expiresAt?: string;
  revokedAt?: string;
}

/** What the gateway keeps in memory to know keys by. */
export interface ApiKeyDigest {
  id: string;
  name: string;
  role: Role;
  /** SHA-256 (hex) of the whole key. Keys hold 256 random bits, so a fast hash is enough. */
  sha256: string;
  expiresAt?: string;
}

export interface ApiKeyDigests {
  /** Changes whenever a key is made, changed or revoked. */
  etag: string;
  keys: ApiKeyDigest[];
}

export interface AuditEntry {
  id: string;
  at: string;
  action: string;
  subject: string;
  caller: { id: string; name: string; role: Role };
  requestId: string;
  details: Record<string, unknown>;
}
