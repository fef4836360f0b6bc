/** Codes of failures before a connection stood: the request cannot have arrived. */
const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** There was no answer. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly kind: 'never-arrived' | 'broken' | 'timeout',
    cause?: unknown,
  ) {
    super(`the request failed: ${kind}`, { cause });
  }

  static from(error: unknown): TransportError {
    const code = (error as { code?: unknown } | null)?.code;
    return new TransportError(
      typeof code === 'string' && NEVER_ARRIVED.has(code) ? 'never-arrived' : 'broken',
      error,
    );
  }
}
