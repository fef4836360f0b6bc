import { AppError } from '@modelyard/platform-errors';

interface S3Failure {
  name?: string;
  $metadata?: { httpStatusCode?: number };
}

export function isMissingObject(error: unknown): boolean {
  const { name, $metadata } = error as S3Failure;
  return (
    name !== 'NoSuchBucket' &&
    (name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404)
  );
}

/** Whatever S3 refuses is, to whoever asked us, a store that cannot be used; the log has the reason. */
export function mapS3Error(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { name, $metadata } = error as S3Failure;
  const status = $metadata?.httpStatusCode;
  const reason =
    status === 403 || name === 'CredentialsProviderError'
      ? 'it refuses our credentials'
      : 'it does not answer as it should';
  return new AppError('DEPENDENCY_UNAVAILABLE', `The artifact store cannot be used: ${reason}.`, {
    cause: error,
    retryAfterSeconds: 1,
  });
}
