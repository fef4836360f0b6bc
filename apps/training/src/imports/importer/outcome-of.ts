import { UnreadableData } from '@modelyard/contracts';
import type { ImportError } from '@modelyard/contracts';
import { TableError } from '@modelyard/ml-tables';
import { AppError } from '@modelyard/platform-errors';
import type { ImporterOutcome } from '../importer-protocol';

const FULL = /ENOSPC|EDQUOT|no space left|disk is full|max_temp_directory_size/i;
const PERMANENT = new Set(['VALIDATION_FAILED', 'BODY_TOO_LARGE', 'NOT_FOUND', 'FORBIDDEN']);

/** What an error that ended an import means for it. */
export function outcomeOf(error: unknown): ImporterOutcome {
  if (error instanceof UnreadableData) {
    const { message, problems, problemCount } = error;
    return { type: 'failed', error: { message, problems, problemCount }, permanent: true };
  }
  const text = textOf(error);
  if (FULL.test(text)) {
    return failed(
      'The disk of the import worker or of the artifact store is full. The import goes on when there is room again.',
      false,
    );
  }
  if (error instanceof AppError) return failed(error.message, PERMANENT.has(error.code));
  if (error instanceof TableError && /out of memory/i.test(error.message)) {
    return failed(
      `The table needs more memory than an import may take; the operator can give it more (IMPORT_MEMORY_MIB). ${error.message.slice(0, 300)}`,
      true,
    );
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return failed(`The import failed unexpectedly: ${text.slice(0, 1_000)}`, false);
}

function failed(message: string, permanent: boolean): ImporterOutcome {
  const error: ImportError = { message, problems: [], problemCount: 0 };
  return { type: 'failed', error, permanent };
}

/** With what lies behind it: a full disk often hides there. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const cause = error.cause === undefined ? '' : ` (${textOf(error.cause)})`;
  return `${code === '' ? '' : `${code}: `}${error.message}${cause}`;
}
