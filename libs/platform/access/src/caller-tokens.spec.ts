import { createSigner } from 'fast-jwt';
import type { Caller } from '@modelyard/contracts';
import { CallerTokens } from '.';

const secret = 's'.repeat(40);
const tokens = new CallerTokens(secret);
const caller: Caller = { id: 'k1', name: 'Ada', role: 'editor', kind: 'api-key' };
const claims = { sub: 'k1', name: 'Ada', role: 'editor', kind: 'api-key', rid: 'r' };

describe('CallerTokens', () => {
  afterEach(() => jest.useRealTimers());

  it('carries the caller and the request id', () => {
    expect(tokens.verify(tokens.sign(caller, 'r-1'))).toEqual({ caller, requestId: 'r-1' });
  });

  it('lives for a minute, and a little for clocks that differ', () => {
    jest.useFakeTimers();
    const token = tokens.sign(caller, 'r');
    jest.advanceTimersByTime(64_000);
    expect(tokens.verify(token).caller).toEqual(caller);
    jest.advanceTimersByTime(2_000);
    expect(() => tokens.verify(token)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  const sign = (key: string, more: object, payload: object = claims) =>
    createSigner({ key, iss: 'modelyard', aud: 'modelyard-internal', expiresIn: 60_000, ...more })(payload);

  it.each([
    ['another secret', sign('t'.repeat(40), {})],
    ['another audience', sign(secret, { aud: 'elsewhere' })],
    ['another issuer', sign(secret, { iss: 'elsewhere' })],
    ['another algorithm', sign(secret, { algorithm: 'HS512' })],
    ['no expiry', createSigner({ key: secret, iss: 'modelyard', aud: 'modelyard-internal' })(claims)],
    ['an unknown role', sign(secret, {}, { ...claims, role: 'root' })],
    ['an unknown kind', sign(secret, {}, { ...claims, kind: 'god' })],
    ['no caller', sign(secret, {}, { sub: 'x' })],
    ['nonsense', 'a.b.c'],
    ['nothing', ''],
    [
      'no signature',
      `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`,
    ],
  ])('refuses a token with %s', (_, token) => {
    expect(() => tokens.verify(token)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  it('refuses a token that was changed', () => {
    const [header, , signature] = tokens.sign(caller, 'r').split('.');
    const admin = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
    expect(() => tokens.verify(`${String(header)}.${admin}.${String(signature)}`)).toThrow();
  });
});
