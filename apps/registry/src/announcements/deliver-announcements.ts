import type { OutboxRow } from '@modelyard/platform-database';
import { OutboxRelay } from '@modelyard/platform-database';
import { JobProducer } from '@modelyard/platform-queue';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { OutboxTopics } from './announcements';

/** Carries the outbox to the queues. A row that comes twice is added once: the queue knows it by its key. */
@Injectable()
export class DeliverAnnouncements implements OnApplicationBootstrap {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly producer: JobProducer,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.relay.start((rows) => this.deliver(rows));
  }

  private async deliver(rows: OutboxRow[]): Promise<void> {
    await Promise.all(rows.map((row) => this.deliverOne(row)));
  }

  private async deliverOne(row: OutboxRow): Promise<void> {
    switch (row.topic as keyof OutboxTopics) {
      case 'training': {
        const payload = row.payload as OutboxTopics['training'];
        return this.producer.add('training', 'train', payload, { jobId: payload.trainingJobId });
      }
      case 'imports': {
        const payload = row.payload as OutboxTopics['imports'];
        await this.forgetEnded(payload.importId);
        return this.producer.add('imports', 'import-dataset', payload, { jobId: payload.importId });
      }
      case 'events': {
        const payload = row.payload as OutboxTopics['events'];
        return this.producer.add('events', 'registry-event', payload, { jobId: payload.id });
      }
      default:
        throw new Error(`The outbox holds a row of the unknown topic '${row.topic}'.`);
    }
  }

  /** An import that is tried again has the id of its job from before, which the queue keeps for looking at. */
  private async forgetEnded(importId: string): Promise<void> {
    const state = await this.producer.state('imports', importId);
    if (state === 'completed' || state === 'failed') await this.producer.remove('imports', importId);
  }
}
