import type { AuditEntry, Caller, Page } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

export interface AuditRecord {
  /** What was done: `model.stage-changed`. */
  action: string;
  /** To what: `models/digits/versions/3`. */
  subject: string;
  caller: Caller;
  details?: Record<string, unknown>;
}

export interface AuditFilter {
  action?: string;
  subject?: string;
  callerId?: string;
}

/** Who changed what, for ever. Points that runs log are no changes of this kind: they are data, and have their own time. */
export abstract class AuditLog {
  /** Writes into the transaction in progress: the change and its trace become durable together, or neither does. */
  abstract append(record: AuditRecord): Promise<void>;
  /** Newest first. */
  abstract list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
}
