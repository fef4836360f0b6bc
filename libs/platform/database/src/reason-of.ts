import { types } from 'node:util';

/**
 * The messages of an error and of what lies behind it. Logs of an outage take this: pg hangs its whole client on some
 * errors, and stacks of a server that is away say nothing more.
 */
export function reasonOf(error: unknown): string {
  const messages: string[] = [];
  for (let next = error; types.isNativeError(next) && messages.length < 5; next = next.cause) {
    messages.push(next.message.trim());
  }
  return messages.length > 0 ? messages.join(' ← ') : String(error);
}
