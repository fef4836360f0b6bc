import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '@modelyard/platform-database';
import { Database } from '@modelyard/platform-database';
import { repeatingDeadlocks } from './repeating-deadlocks';

interface Work {
  tx: Transaction;
  afterCommit: (() => void)[];
}

/**
 * One transaction per request. A transaction that begins inside another joins it, so that use cases can be put
 * together, and so that an idempotency key is stored in the very transaction of the write that it guards.
 * Repositories read and write through `db` and so always see what their own transaction did.
 */
@Injectable()
export class UnitOfWork {
  private readonly ambient = new AsyncLocalStorage<Work>();

  constructor(private readonly database: Database) {}

  /** The transaction in progress, else the pool. */
  get db(): Queryable {
    return this.ambient.getStore()?.tx ?? this.database.db;
  }

  /** The transaction in progress. What must be durable together takes this one, and so cannot be called outside. */
  get tx(): Transaction {
    const work = this.ambient.getStore();
    if (work === undefined) throw new Error('This write needs a transaction around it.');
    return work.tx;
  }

  async transaction<T>(write: () => Promise<T>): Promise<T> {
    if (this.ambient.getStore() !== undefined) return write();
    const { result, afterCommit } = await repeatingDeadlocks(() => this.begin(write));
    for (const effect of afterCommit) effect();
    return result;
  }

  /** Runs `effect` once the transaction is committed, never if it is rolled back. For hints only: it may be lost. */
  afterCommit(effect: () => void): void {
    const work = this.ambient.getStore();
    if (work === undefined) effect();
    else work.afterCommit.push(effect);
  }

  private begin<T>(write: () => Promise<T>): Promise<{ result: T; afterCommit: (() => void)[] }> {
    const afterCommit: (() => void)[] = [];
    return this.database.transaction((tx) =>
      this.ambient.run({ tx, afterCommit }, async () => ({ result: await write(), afterCommit })),
    );
  }
}
