import type { Logger } from '@modelyard/platform-observability';

/** A logger for tests: keeps the messages and prints none. */
export class SilentLogger {
  readonly messages: string[] = [];
  readonly debug = (): void => undefined;
  readonly info = (_: object, message: string): void => void this.messages.push(message);
  readonly warn = this.info;
  readonly error = this.info;

  child(): this {
    return this;
  }

  static create(): Logger & SilentLogger {
    return new SilentLogger() as unknown as Logger & SilentLogger;
  }
}
