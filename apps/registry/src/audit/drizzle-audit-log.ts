import type { AuditEntry, Page } from '@modelyard/contracts';
import { requestContext } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { audit } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { Clock, toIso } from '../sources/clock';
import type { AuditFilter, AuditRecord } from './audit-log';
import { AuditLog } from './audit-log';

@Injectable()
export class DrizzleAuditLog extends AuditLog {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async append({ action, subject, caller, details = {} }: AuditRecord): Promise<void> {
    await this.work.tx.insert(audit).values({
      at: this.clock.now(),
      action,
      subject,
      callerId: caller.id,
      callerName: caller.name,
      callerRole: caller.role,
      requestId: requestContext.get()?.requestId ?? '',
      details,
    });
  }

  async list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>> {
    const keyset = new Keyset(`audit ${JSON.stringify(filter)}`, [
      { expression: audit.id, direction: 'desc', type: 'bigint' },
    ]);
    const rows = await this.work.db
      .select()
      .from(audit)
      .where(
        and(
          filter.action === undefined ? undefined : eq(audit.action, filter.action),
          filter.subject === undefined ? undefined : eq(audit.subject, filter.subject),
          filter.callerId === undefined ? undefined : eq(audit.callerId, filter.callerId),
          keyset.after(page),
        ),
      )
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(rows, page, (row) => [row.id], toEntry);
  }
}

function toEntry(row: typeof audit.$inferSelect): AuditEntry {
  return {
    id: String(row.id),
    at: toIso(row.at),
    action: row.action,
    subject: row.subject,
    caller: { id: row.callerId, name: row.callerName, role: row.callerRole },
    requestId: row.requestId,
    details: row.details,
  };
}
