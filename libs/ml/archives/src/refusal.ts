import { isNativeError } from 'node:util/types';
import { UnreadableData } from '@modelyard/contracts';

/** What is wrong with an archive, in words that its owner understands. */
export class Refusal {
  /** @param archive what the user called it */
  constructor(private readonly archive: string) {}

  /** @param entry the file in the archive that is meant */
  because(message: string, entry?: string): UnreadableData {
    const file = entry === undefined ? this.archive : `${this.archive}/${shown(entry)}`;
    return new UnreadableData(`${this.archive} cannot be unpacked: ${message}`, [{ file, message }]);
  }

  /** Of an error that a reader threw. */
  from(error: unknown, entry?: string): unknown {
    if (error instanceof UnreadableData || !isNativeError(error) || isSystemError(error)) return error;
    return this.because(plainWords(error), entry);
  }
}

/** A full disk or a missing file is no fault of the archive. */
function isSystemError(error: Error): boolean {
  return 'syscall' in error;
}

function plainWords(error: Error): string {
  if (/unexpected end/i.test(error.message)) return 'it ends too early. Was the upload complete?';
  if (/incorrect header check|invalid|corrupt|incorrect data check/i.test(error.message)) {
    return `it is damaged (${error.message})`;
  }
  return error.message;
}

/** Names come from the archive: no control characters, no end of line, no end. */
function shown(name: string): string {
  // eslint-disable-next-line no-control-regex
  return name.replace(/[\u0000-\u001f\u007f]/g, '\uFFFD').slice(0, 200);
}
