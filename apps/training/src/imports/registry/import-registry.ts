import type {
  FailImport,
  ImportProgressReport,
  ImportProgressResponse,
  ImportStatus,
  StartImportResponse,
  SucceedImport,
} from '@modelyard/contracts';

/**
 * The registry as an import sees it. Every call may be repeated: the second time changes nothing. `report` tries once,
 * for who calls it calls again; all others go on trying for minutes, because the registry may be restarting.
 * All throw AppError: `NOT_FOUND` when there is no such import, `CONFLICT` when it has ended already.
 */
export abstract class ImportRegistry {
  /**
   * @param attemptId the same for all tries of one attempt, so that a repeated call counts no further one
   * @param signal ends the trying, with its own reason
   */
  abstract start(importId: string, attemptId: string, signal: AbortSignal): Promise<StartImportResponse>;
  /** Also the way to ask whether somebody wants the import cancelled. */
  abstract report(importId: string, report: ImportProgressReport): Promise<ImportProgressResponse>;
  /** @returns how the import ended: a cancel that came before wins */
  abstract succeed(importId: string, result: SucceedImport): Promise<ImportStatus>;
  abstract fail(importId: string, failure: FailImport): Promise<void>;
  abstract cancelled(importId: string): Promise<void>;
}
