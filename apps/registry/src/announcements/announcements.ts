import type { JobPayload, RegistryEvent, RegistryEventType } from '@modelyard/contracts';
import { requestContext } from '@modelyard/platform-observability';
import { Outbox } from '@modelyard/platform-database';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock, toIso } from '../sources/clock';
import { Identifiers } from '../sources/identifiers';

/** What the outbox carries, by topic. */
export interface OutboxTopics {
  training: JobPayload<'training', 'train'>;
  imports: JobPayload<'imports', 'import-dataset'>;
  events: RegistryEvent;
}

/** Tells the rest of the platform what a transaction did: written with it, delivered after it, at least once. */
@Injectable()
export class Announcements {
  constructor(
    private readonly work: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly identifiers: Identifiers,
  ) {}

  /** @param subject what it happened to: `models/digits/versions/3` */
  async announce(type: RegistryEventType, subject: string): Promise<void> {
    const id = this.identifiers.eventId();
    const at = toIso(this.clock.now());
    await this.add('events', id, { id, type, at, subject, requestId: requestId() });
  }

  /** Asks for a worker. The queue knows the job by the training job's id. */
  async queueTraining(trainingJobId: string): Promise<void> {
    await this.add('training', trainingJobId, { trainingJobId, requestId: requestId() });
  }

  /** Asks for a worker. The queue knows the job by the import's id. */
  async queueImport(importId: string): Promise<void> {
    await this.add('imports', importId, { importId, requestId: requestId() });
  }

  private async add<T extends keyof OutboxTopics>(
    topic: T,
    key: string,
    payload: OutboxTopics[T],
  ): Promise<void> {
    await this.outbox.add(this.work.tx, { topic, key, payload });
  }
}

function requestId(): string {
  return requestContext.get()?.requestId ?? '';
}
