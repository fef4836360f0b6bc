import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger';

/** Lets Nest speak through our logger. What Nest says about its own start is for debugging only. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(...this.line(message, rest));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(...this.line(message, rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(...this.line(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(...this.line(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(...this.line(message, rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.fatal(...this.line(message, rest));
  }

  /** Nest passes the context last, and before it, for errors, a stack. */
  private line(message: unknown, rest: unknown[]): [object, string] {
    const context = rest.at(-1);
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? { stack: rest[0] } : {};
    const from = typeof context === 'string' ? { context } : {};
    if (message instanceof Error) return [{ ...from, err: message }, message.message];
    if (typeof message === 'object' && message !== null) return [{ ...from, ...message }, ''];
    return [{ ...from, ...stack }, String(message)];
  }
}
