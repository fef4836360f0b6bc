import { ROLES } from '@modelyard/contracts';
import type { Caller } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { createSigner, createVerifier } from 'fast-jwt';

const ISSUER = 'modelyard';
const AUDIENCE = 'modelyard-internal';
const LIFETIME_MS = 60_000;
/** How far the clocks of two machines may be apart. */
const CLOCK_TOLERANCE_MS = 5_000;

interface Claims {
  sub: string;
  name: string;
  role: Caller['role'];
  kind: Caller['kind'];
  rid: string;
}

/**
 * The short-lived tokens that carry the caller from service to service: JWTs signed with HMAC-SHA-256 by a secret
 * that all services share. They live for 60 seconds.
 */
export class CallerTokens {
  private readonly signClaims: (claims: Claims) => string;
  private readonly verifyToken: (token: string) => unknown;

  /** @param secret at least 32 random characters, the same in every service */
  constructor(secret: string) {
    this.signClaims = createSigner<Claims>({
      key: secret,
      algorithm: 'HS256',
      iss: ISSUER,
      aud: AUDIENCE,
      expiresIn: LIFETIME_MS,
    });
    this.verifyToken = createVerifier<string>({
      key: secret,
      algorithms: ['HS256'],
      allowedIss: ISSUER,
      allowedAud: AUDIENCE,
      requiredClaims: ['exp', 'iss', 'aud', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_MS,
    });
  }

  sign(caller: Caller, requestId: string): string {
    return this.signClaims({
      sub: caller.id,
      name: caller.name,
      role: caller.role,
      kind: caller.kind,
      rid: requestId,
    });
  }

  /** @throws AppError UNAUTHENTICATED when the token is not one of ours, was changed, or has expired */
  verify(token: string): { caller: Caller; requestId: string } {
    let claims: unknown;
    try {
      claims = this.verifyToken(token);
    } catch (cause) {
      throw new AppError('UNAUTHENTICATED', 'The internal token is not valid, or has expired.', { cause });
    }
    if (!areClaims(claims)) throw new AppError('UNAUTHENTICATED', 'The internal token names no caller.');
    const { sub: id, name, role, kind, rid: requestId } = claims;
    return { caller: { id, name, role, kind }, requestId };
  }
}

function areClaims(value: unknown): value is Claims {
  if (typeof value !== 'object' || value === null) return false;
  const { sub, name, role, kind, rid } = value as Record<keyof Claims, unknown>;
  return (
    typeof sub === 'string' &&
    typeof name === 'string' &&
    typeof rid === 'string' &&
    ROLES.some((known) => known === role) &&
    (kind === 'api-key' || kind === 'service')
  );
}
