const MAX_SECONDS = 300;

/**
 * How long a client would wait (RFC 7240: `Prefer: respond-async, wait=10`), in milliseconds. A preference that makes no
 * sense is none; one for longer than 300 seconds is one for 300.
 */
export function readWait(header: string | string[] | undefined): number | undefined {
  const preferences = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(/[,;]/);
  for (const preference of preferences) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*$/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), MAX_SECONDS) * 1_000;
  }
  return undefined;
}
