import { createHash } from 'node:crypto';

/** `my_<16 hex digits: the id>_<43 base64url characters: 256 random bits>` */
export const KEY_FORMAT = /^my_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** What is stored of a key. The key holds 256 random bits, so a fast hash is enough. */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** @returns the id that a key carries, or undefined when it is not a key of ours */
export function idOf(key: string): string | undefined {
  return KEY_FORMAT.exec(key)?.[1];
}
