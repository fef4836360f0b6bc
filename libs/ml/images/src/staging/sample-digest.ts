import { hash } from 'node:crypto';

const SIZE = 16;

/** The first 16 bytes of the SHA-256 over label, a zero byte, and pixels: equal samples have equal digests. */
export function sampleDigest(label: string, pixels: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${label}\0`), pixels]), 'buffer').subarray(0, SIZE);
}
