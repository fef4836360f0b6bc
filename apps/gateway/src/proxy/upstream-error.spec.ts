import { AppError } from '@modelyard/platform-errors';
import { isBrokenConnection, toUpstreamError } from './upstream-error';

const failure = (code?: string): Error =>
  Object.assign(new Error('failed'), code === undefined ? {} : { code });

describe('toUpstreamError', () => {
  it.each([
    ['ECONNREFUSED', 'DEPENDENCY_UNAVAILABLE'],
    ['UND_ERR_SOCKET', 'DEPENDENCY_UNAVAILABLE'],
    ['UND_ERR_CONNECT_TIMEOUT', 'DEPENDENCY_UNAVAILABLE'],
    ['HPE_INVALID_CONSTANT', 'DEPENDENCY_UNAVAILABLE'],
    ['UND_ERR_HEADERS_TIMEOUT', 'DEADLINE_EXCEEDED'],
    ['UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'MALFORMED_BODY'],
    ['ESOMETHING', 'INTERNAL'],
    [undefined, 'INTERNAL'],
  ])('takes %s for %s', (code, expected) => {
    expect(toUpstreamError(failure(code), 'registry').code).toBe(expected);
  });

  it('says when to come again, and which service is missing', () => {
    const error = toUpstreamError(failure('ECONNREFUSED'), 'inference');
    expect(error.retryAfterSeconds).toBe(1);
    expect(error.message).toBe('The inference service cannot be reached at the moment.');
  });

  it('leaves an error of ours as it is', () => {
    const ours = new AppError('BODY_TOO_LARGE', 'too large');
    expect(toUpstreamError(ours, 'registry')).toBe(ours);
  });

  it('knows a connection that broke from a service that was never there', () => {
    expect(isBrokenConnection(failure('UND_ERR_SOCKET'))).toBe(true);
    expect(isBrokenConnection(failure('ECONNREFUSED'))).toBe(false);
    expect(isBrokenConnection(null)).toBe(false);
  });
});
