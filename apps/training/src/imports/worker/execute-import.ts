import { randomUUID } from 'node:crypto';
import type {
  FailImport,
  ImportError,
  ImportStatus,
  JobResult,
  StartImportResponse,
  SucceedImport,
} from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { PermanentJobError } from '@modelyard/platform-queue';
import type { JobContext } from '@modelyard/platform-queue';
import type { ActiveSessions } from '../../supervision/active-sessions';
import { watchMemory } from '../../supervision/watch-memory';
import type { EgressSettings, ImportLimits } from '../importer-protocol';
import type { ImportMetrics } from './import-metrics';
import { ImportSession } from './import-session';
import type { ImportEnd, ImportSessionParts } from './import-session';
import type { ScratchFolders } from './scratch-folders';

type Delivery = Pick<JobContext, 'lastAttempt' | 'signal'>;
type Result = JobResult<'imports', 'import-dataset'>;

/** What the registry says to a version that it does not take; everything else is trouble on the way to it. */
const ANSWERS: readonly string[] = ['CONFLICT', 'VALIDATION_FAILED', 'BODY_TOO_LARGE'];

export interface ExecuteImportParts extends ImportSessionParts {
  sessions: ActiveSessions;
  metrics: ImportMetrics;
  folders: ScratchFolders;
  artifactStoreUrl: string;
  limits: ImportLimits;
  egress: EgressSettings;
  /** For one attempt. */
  timeoutMs: number;
}

/**
 * Takes one delivery of an import to its end, and tells the registry how it ended. The registry decides whether there
 * is anything to do, so an import that is delivered twice runs once.
 */
export class ExecuteImport {
  constructor(private readonly parts: ExecuteImportParts) {}

  /**
   * @throws PermanentJobError when the import failed and another attempt would fail too
   * @throws the signal's reason when the queue takes the job away; the import goes on elsewhere
   * @throws Error when another attempt, from the last checkpoint, may succeed
   */
  async execute(importId: string, delivery: Delivery): Promise<Result> {
    delivery.signal.throwIfAborted();
    const start = await this.parts.registry.start(importId, randomUUID(), delivery.signal);
    if (start.decision === 'skip') return this.skip(start);
    if (start.import.cancelRequested) return this.conclude(importId, { kind: 'cancelled' }, delivery);
    const end = await this.run(start, delivery);
    return this.conclude(importId, end, delivery);
  }

  private async run(start: StartImportResponse, delivery: Delivery): Promise<ImportEnd> {
    const { sessions, metrics, folders, artifactStoreUrl, limits, egress } = this.parts;
    const folder = await folders.make().catch((error: unknown) => roomless(error));
    if (typeof folder !== 'string') return folder;
    const stopTimer = metrics.seconds.startTimer();
    metrics.active.inc();
    try {
      const session = new ImportSession(this.parts, { start, artifactStoreUrl, folder, limits, egress });
      const release = sessions.add(start.import.id, session);
      const abort = (): void => session.handBack();
      delivery.signal.addEventListener('abort', abort, { once: true });
      if (delivery.signal.aborted) abort();
      const timer = setTimeout(() => session.fail(tooLong(this.parts.timeoutMs)), this.parts.timeoutMs);
      const { residentMiB } = limits;
      const watch = watchMemory(session.pid, residentMiB, () => session.fail(tooMuchMemory(residentMiB)));
      try {
        return await session.ended;
      } finally {
        clearTimeout(timer);
        watch.stop();
        delivery.signal.removeEventListener('abort', abort);
        release();
      }
    } finally {
      metrics.active.dec();
      stopTimer();
      await folders.remove(folder);
    }
  }

  private async conclude(importId: string, end: ImportEnd, delivery: Delivery): Promise<Result> {
    const { registry, metrics, logger } = this.parts;
    switch (end.kind) {
      case 'finished': {
        const ended = await this.succeed(importId, end.result);
        if (typeof ended !== 'string') return this.conclude(importId, ended, delivery);
        const status = ended === 'cancelled' ? 'cancelled' : 'succeeded';
        metrics.imports.inc({ status });
        return { status };
      }
      case 'cancelled':
        await registry.cancelled(importId);
        metrics.imports.inc({ status: 'cancelled' });
        return { status: 'cancelled' };
      case 'gone':
        logger.warn(
          { importId, reason: end.reason },
          'the registry has ended this import; its importer is stopped',
        );
        metrics.imports.inc({ status: 'cancelled' });
        return { status: 'cancelled' };
      case 'handed-back':
        metrics.imports.inc({ status: 'handed_back' });
        delivery.signal.throwIfAborted();
        throw new Error('The importer handed its import back.');
      case 'failed': {
        const final = end.permanent || delivery.lastAttempt;
        const gone = await this.fail(importId, { error: end.error, retriable: !final });
        if (gone !== undefined) return this.conclude(importId, gone, delivery);
        metrics.imports.inc({ status: final ? 'failed' : 'retried' });
        if (final) throw new PermanentJobError(end.error.message);
        throw new Error(end.error.message);
      }
    }
  }

  /** @returns how the import ended, or why it has not: blobs are missing, or the registry has ended it by another way */
  private async succeed(importId: string, result: SucceedImport): Promise<ImportStatus | ImportEnd> {
    try {
      return await this.parts.registry.succeed(importId, result);
    } catch (error) {
      if (!(error instanceof AppError) || !ANSWERS.includes(error.code)) throw error;
      // The registry has dropped the checkpoint, so that another attempt stores anew what is missing.
      const failure = { message: error.message, problems: [], problemCount: 0 };
      return { kind: 'failed', permanent: error.code !== 'CONFLICT', error: failure };
    }
  }

  /** @returns that the registry has ended the import by another way, where it has */
  private async fail(importId: string, failure: FailImport): Promise<ImportEnd | undefined> {
    try {
      await this.parts.registry.fail(importId, failure);
      return undefined;
    } catch (error) {
      if (error instanceof AppError && error.code === 'CONFLICT')
        return { kind: 'gone', reason: error.message };
      throw error;
    }
  }

  private skip(start: StartImportResponse): Result {
    this.parts.metrics.imports.inc({ status: 'skipped' });
    const { status } = start.import;
    return { status: status === 'succeeded' || status === 'failed' ? status : 'cancelled' };
  }
}

function tooLong(timeoutMs: number): ImportError {
  const minutes = Math.round(timeoutMs / 60_000);
  const message = `The import took longer than the ${minutes} minutes that one may take. Import the data in parts, by appending.`;
  return { message, problems: [], problemCount: 0 };
}

function tooMuchMemory(residentMiB: number): ImportError {
  const message = `The importer took more than the ${residentMiB} MiB of memory that it may take, and was ended. The operator can give it more (IMPORT_MAX_RESIDENT_MIB); or import the data in parts, by appending.`;
  return { message, problems: [], problemCount: 0 };
}

function roomless(error: unknown): ImportEnd {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The import worker could not make a folder to work in: ${reason}`;
  return { kind: 'failed', permanent: false, error: { message, problems: [], problemCount: 0 } };
}
