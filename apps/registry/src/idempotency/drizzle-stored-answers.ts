import { Injectable } from '@nestjs/common';
import { and, eq, lt } from 'drizzle-orm';
import { idempotencyKeys } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../sources/clock';
import type { StoredAnswer } from './stored-answers';
import { StoredAnswers } from './stored-answers';

@Injectable()
export class DrizzleStoredAnswers extends StoredAnswers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** The unique key makes PostgreSQL itself hold the second of two inserts until the first transaction ends. */
  async claim(callerId: string, key: string, fingerprint: string): Promise<StoredAnswer | undefined> {
    const claimed = await this.work.tx
      .insert(idempotencyKeys)
      .values({ callerId, key, fingerprint, status: 0, headers: {}, body: null, createdAt: this.clock.now() })
      .onConflictDoNothing()
      .returning({ key: idempotencyKeys.key });
    if (claimed.length > 0) return undefined;
    const [stored] = await this.work.tx.select().from(idempotencyKeys).where(this.is(callerId, key));
    return stored;
  }

  async store(callerId: string, key: string, answer: Omit<StoredAnswer, 'fingerprint'>): Promise<void> {
    await this.work.tx.update(idempotencyKeys).set(answer).where(this.is(callerId, key));
  }

  async forget(before: number): Promise<void> {
    await this.work.db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before));
  }

  private is(callerId: string, key: string) {
    return and(eq(idempotencyKeys.callerId, callerId), eq(idempotencyKeys.key, key));
  }
}
