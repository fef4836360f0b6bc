import { AppError } from '@modelyard/platform-errors';

export const TUS_VERSION = '1.0.0';
export const TUS_EXTENSIONS = 'creation,creation-with-upload,termination,expiration,checksum';
export const TUS_CONTENT = 'application/offset+octet-stream';
/** tus's own status for content that is not what its checksum says. */
export const CHECKSUM_MISMATCH = 460;

/** @throws AppError VALIDATION_FAILED unless the header is a whole number of bytes */
export function readBytes(name: string, header: string | undefined): number {
  if (header !== undefined && /^\d{1,15}$/.test(header)) return Number(header);
  const message = header === undefined ? 'is missing' : 'must be a number of bytes';
  throw new AppError('VALIDATION_FAILED', `${name} ${message}`, { fields: [{ path: name, message }] });
}

/** @throws AppError PRECONDITION_FAILED for a client that speaks another version of tus, or none */
export function requireTus(header: string | undefined): void {
  if (header === TUS_VERSION) return;
  throw new AppError(
    'PRECONDITION_FAILED',
    `Uploads speak tus ${TUS_VERSION}: send the header Tus-Resumable: ${TUS_VERSION}, as tus clients do.`,
  );
}
