import type { RegistryEventType } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { Announcements } from '../announcements/announcements';
import type { AuditRecord } from '../audit/audit-log';
import { AuditLog } from '../audit/audit-log';

export interface Change extends AuditRecord {
  /** The event that the rest of the platform hears of; none when the change concerns nobody else. */
  announce?: RegistryEventType;
  /** The training job that a worker is asked to run. */
  startsTraining?: string;
  /** The dataset import that a worker is asked to run. */
  startsImport?: string;
}

/** Writes down what a transaction changes: for people in the audit trail, for services in the outbox. */
@Injectable()
export class RecordChange {
  constructor(
    private readonly audit: AuditLog,
    private readonly announcements: Announcements,
  ) {}

  async execute({ announce, startsTraining, startsImport, ...record }: Change): Promise<void> {
    await this.audit.append(record);
    if (startsTraining !== undefined) await this.announcements.queueTraining(startsTraining);
    if (startsImport !== undefined) await this.announcements.queueImport(startsImport);
    if (announce !== undefined) await this.announcements.announce(announce, record.subject);
  }
}
