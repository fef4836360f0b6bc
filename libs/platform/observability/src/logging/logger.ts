/**
 * Where everything is logged: `logger.info({ jobId }, 'training started')`. An error goes under `err`. Also the token
 * to inject it by.
 */
export abstract class Logger {
  abstract debug(details: object | string, message?: string): void;
  abstract info(details: object | string, message?: string): void;
  abstract warn(details: object | string, message?: string): void;
  abstract error(details: object | string, message?: string): void;
  abstract fatal(details: object | string, message?: string): void;
  /** A logger that adds `bindings` to each line. */
  abstract child(bindings: Record<string, unknown>): Logger;
}
