import { AppError } from '@modelyard/platform-errors';

const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'its folder may not be accessed',
  EPERM: 'its folder may not be accessed',
  EROFS: 'its file system is read-only',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOTDIR: 'its path is not a folder',
};

/** What a failed file operation means to the one who asked; errors of other origin come back as they are. */
export function mapFileError(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code];
  if (reason === undefined || error instanceof AppError) return error;
  return new AppError('DEPENDENCY_UNAVAILABLE', `The artifact store cannot be used: ${reason}.`, {
    cause: error,
  });
}

export function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
