import type { ApiKey, ApiKeyDigest, Page } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { apiKeys } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock, toIso } from '../sources/clock';
import type { NewApiKey } from './api-key.repository';
import { ApiKeyRepository } from './api-key.repository';

@Injectable()
export class DrizzleApiKeyRepository extends ApiKeyRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async list(page: PageRequest): Promise<Page<ApiKey>> {
    const keyset = new Keyset('api-keys', [
      { expression: apiKeys.createdAt, direction: 'desc', type: 'bigint' },
      { expression: apiKeys.id, direction: 'asc' },
    ]);
    const rows = await this.work.db
      .select()
      .from(apiKeys)
      .where(keyset.after(page))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.createdAt, row.id], toApiKey);
  }

  async create(key: NewApiKey): Promise<ApiKey> {
    const [row] = await this.work.tx
      .insert(apiKeys)
      .values({ ...key, createdAt: this.clock.now() })
      .returning();
    if (row === undefined) throw notFound(`API key ${key.id}`);
    return toApiKey(row);
  }

  async createIfAbsent(key: NewApiKey): Promise<boolean> {
    const made = await this.work.tx
      .insert(apiKeys)
      .values({ ...key, createdAt: this.clock.now() })
      .onConflictDoNothing()
      .returning({ id: apiKeys.id });
    return made.length > 0;
  }

  async revoke(id: string): Promise<boolean> {
    const revoked = await this.work.tx
      .update(apiKeys)
      .set({ revokedAt: this.clock.now() })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (revoked.length > 0) return true;
    const [row] = await this.work.tx.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, id));
    if (row === undefined) throw notFound(`API key ${id}`);
    return false;
  }

  async revokeOthers(createdBy: string, except: string): Promise<string[]> {
    const rows = await this.work.tx
      .update(apiKeys)
      .set({ revokedAt: this.clock.now() })
      .where(and(eq(apiKeys.createdBy, createdBy), ne(apiKeys.id, except), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    return rows.map((row) => row.id);
  }

  async lockAndCheckAny(): Promise<boolean> {
    // There is no row to lock yet.
    await this.work.tx.execute(sql`select pg_advisory_xact_lock(hashtext('modelyard.first-api-key'))`);
    const rows = await this.work.tx.select({ id: apiKeys.id }).from(apiKeys).limit(1);
    return rows.length > 0;
  }

  async digests(): Promise<ApiKeyDigest[]> {
    const rows = await this.work.db
      .select()
      .from(apiKeys)
      .where(isNull(apiKeys.revokedAt))
      .orderBy(asc(apiKeys.id));
    return rows.map(({ id, name, role, sha256, expiresAt }) => ({
      id,
      name,
      role,
      sha256,
      ...(expiresAt === null ? {} : { expiresAt: toIso(expiresAt) }),
    }));
  }
}

function toApiKey(row: typeof apiKeys.$inferSelect): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: toIso(row.createdAt),
    createdBy: row.createdBy,
    ...(row.expiresAt === null ? {} : { expiresAt: toIso(row.expiresAt) }),
    ...(row.revokedAt === null ? {} : { revokedAt: toIso(row.revokedAt) }),
  };
}
