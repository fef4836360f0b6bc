export interface StoredAnswer {
  fingerprint: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** The answers of writes by idempotency key, each key within its caller. */
export abstract class StoredAnswers {
  /**
   * Takes the key for the transaction in progress. Of two at once, the second waits until the first has ended.
   * @returns the answer that is stored already, or undefined when the caller now holds the key
   */
  abstract claim(callerId: string, key: string, fingerprint: string): Promise<StoredAnswer | undefined>;
  abstract store(callerId: string, key: string, answer: Omit<StoredAnswer, 'fingerprint'>): Promise<void>;
  /** Forgets answers older than `before` (milliseconds). */
  abstract forget(before: number): Promise<void>;
}
