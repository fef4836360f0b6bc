/** SQLSTATEs of transactions that PostgreSQL gave up for another's sake: the same work succeeds when done again. */
const WORTH_REPEATING = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

/** Does `work` again when PostgreSQL chose it as the victim of a deadlock or a serialization failure. */
export async function repeatingDeadlocks<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !WORTH_REPEATING.has(sqlStateOf(error) ?? '')) throw error;
    }
  }
}

/** The driver's error lies under Drizzle's and under ours. */
function sqlStateOf(error: unknown): string | undefined {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 10;
    current = current.cause, depth++
  ) {
    const code: unknown = 'code' in current ? current.code : undefined;
    if (typeof code === 'string' && /^[0-9][0-9A-Z]{4}$/.test(code)) return code;
  }
  return undefined;
}
