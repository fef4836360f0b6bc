import { Logger } from '@modelyard/platform-observability';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { asc, inArray, isNull, lt, sql } from 'drizzle-orm';
import { Database } from '../database';
import { reasonOf } from '../reason-of';
import { OUTBOX_CHANNEL } from './outbox';
import type { OutboxRow } from './outbox.table';
import { outbox } from './outbox.table';

/** Delivers all of the rows, or throws; rows may come again, so delivering is idempotent. */
export type DeliverOutboxRows = (rows: OutboxRow[]) => Promise<void>;

const BATCH = 100;
/** A poll finds what no notification told of: rows of a replica that died, or of a time without a connection. */
const POLL_MS = 1_000;
const BACK_OFF_MS = { first: 200, most: 5_000 };
const PURGE_EVERY_MS = 3_600_000;
const KEEP_DELIVERED = sql`interval '1 day'`;

/**
 * Takes messages from the outbox and delivers them: at least once, in their order as far as one relay goes. Relays of
 * several replicas share the work; none takes rows that another holds.
 */
@Injectable()
export class OutboxRelay implements BeforeApplicationShutdown {
  private running: Promise<void> | undefined;
  private unlisten: (() => Promise<void>) | undefined;
  private stopping = false;
  private nudged = false;
  private wake: (() => void) | undefined;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /** Starts delivering, until `stop`. */
  start(deliver: DeliverOutboxRows): Promise<void> {
    if (this.running !== undefined) throw new Error('The relay of the outbox is running already.');
    this.stopping = false;
    this.running = this.run(deliver);
    void this.database
      .listen(OUTBOX_CHANNEL, () => this.nudge())
      .then((unlisten) => (this.stopping ? unlisten() : void (this.unlisten = unlisten)));
    return Promise.resolve();
  }

  /** Looks into the outbox now. Commits with messages do this by themselves. */
  nudge(): void {
    this.nudged = true;
    this.wake?.();
  }

  /** Resolves when the delivery that is under way is over. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    await this.running;
    this.running = undefined;
    await this.unlisten?.();
    this.unlisten = undefined;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  private async run(deliver: DeliverOutboxRows): Promise<void> {
    let backOff = BACK_OFF_MS.first;
    let purgeAt = 0;
    while (!this.stopping) {
      this.nudged = false;
      try {
        const delivered = await this.deliverBatch(deliver);
        backOff = BACK_OFF_MS.first;
        if (delivered === BATCH) continue;
        if (Date.now() >= purgeAt) {
          purgeAt = Date.now() + PURGE_EVERY_MS;
          await this.purge();
        }
        if (!this.nudged) await this.pause(POLL_MS);
      } catch (error) {
        const details = { reason: reasonOf(error), retryInMs: backOff };
        this.logger.warn(details, 'messages of the outbox could not be delivered');
        // Nudges must not defeat the back-off: a busy service would hammer whatever is down.
        await this.pause(backOff, 'deaf');
        backOff = Math.min(backOff * 2, BACK_OFF_MS.most);
      }
    }
  }

  private deliverBatch(deliver: DeliverOutboxRows): Promise<number> {
    return this.database.transaction(async (tx) => {
      const rows = await tx
        .select()
        .from(outbox)
        .where(isNull(outbox.deliveredAt))
        .orderBy(asc(outbox.id))
        .limit(BATCH)
        .for('update', { skipLocked: true });
      if (rows.length === 0) return 0;
      await deliver(rows);
      const ids = rows.map(({ id }) => id);
      await tx
        .update(outbox)
        .set({ deliveredAt: sql`now()` })
        .where(inArray(outbox.id, ids));
      return rows.length;
    });
  }

  private async purge(): Promise<void> {
    await this.database.db.delete(outbox).where(lt(outbox.deliveredAt, sql`now() - ${KEEP_DELIVERED}`));
  }

  private async pause(ms: number, hearing?: 'deaf'): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        if (hearing === 'deaf' && !this.stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }
}
