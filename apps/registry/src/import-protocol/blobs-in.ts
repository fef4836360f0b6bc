/** Everything in plain data that may be the SHA-256 of a blob: the registry does not know the form of checkpoints. */
export function blobsIn(value: unknown): string[] {
  const found = new Set<string>();
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string') {
      if (/^[0-9a-f]{64}$/.test(next)) found.add(next);
    } else if (typeof next === 'object' && next !== null) {
      for (const child of Object.values(next) as unknown[]) pending.push(child);
    }
  }
  return [...found];
}
