import { AppError } from '@modelyard/platform-errors';

/**
 * The error for something that a request names and that does not exist.
 * @param what `dataset 'digits'`
 * @param path the field of the request that names it, where a body does
 */
export function notFound(what: string, path?: string): AppError {
  const message = `${what} does not exist`;
  return new AppError('NOT_FOUND', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, {
    ...(path === undefined ? {} : { fields: [{ path, message }] }),
  });
}

/** The error for a name that is taken. */
export function alreadyExists(what: string, path = 'name'): AppError {
  const message = `${what} exists already`;
  return new AppError('ALREADY_EXISTS', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, {
    fields: [{ path, message }],
  });
}
