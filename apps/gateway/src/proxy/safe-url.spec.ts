import fc from 'fast-check';
import { checkUrl, pathOf } from './safe-url';

describe('checkUrl', () => {
  it.each([
    '/',
    '/predict',
    '/api/v1/models/digits-2.0_b/versions/3',
    '/api/v1/runs?filter=a%2Fb%3D%2e%2e&x=//..',
    '/api/v1/models/caf%C3%A9',
    '/api/v1/models/...',
    '/api/v1/models/~x:y@z',
  ])('takes %s', (url) => {
    expect(() => checkUrl(url)).not.toThrow();
  });

  it.each([
    ['climbs out', '/api/v1/../../internal/deployments'],
    ['ends in dots', '/api/v1/..'],
    ['stands still', '/api/v1/./internal'],
    ['climbs in disguise', '/api/v1/%2e%2E/internal'],
    ['climbs half in disguise', '/api/v1/.%2e/internal'],
    ['hides a slash', '/api/v1/..%2finternal'],
    ['hides a backslash', '/api/v1/..%5Cinternal'],
    ['has a backslash', '/api/v1/..\\internal'],
    ['has an empty segment', '/api/v1//internal'],
    ['begins with two slashes', '//internal/deployments'],
    ['is absolute', 'http://registry/internal/deployments'],
    ['is an authority', 'registry:8081'],
    ['is a star', '*'],
    ['is empty', ''],
    ['holds NUL', '/api/v1/x%00'],
    ['holds a fragment', '/api/v1/x#y'],
    ['holds a control character', '/api/v1/x\u0001'],
    ['holds a letter that must be encoded', '/api/v1/é'],
    ['has broken encoding', '/api/v1/%zz'],
    ['has encoding that is no UTF-8', '/api/v1/%ff'],
    ['never ends', `/${'a'.repeat(8192)}`],
  ])('refuses a target that %s', (_, url) => {
    expect(() => checkUrl(url)).toThrow('This URL is refused');
  });

  it('passes no path that a URL parser would read as another, however it is put together', () => {
    const piece = fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '%2F',
      '%5c',
      '\\',
      'api',
      'v1',
      'internal',
      '%25',
      ';',
      '?',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const url = `/${pieces.join('')}`;
        try {
          checkUrl(url);
        } catch {
          return;
        }
        expect(new URL(url, 'http://registry').pathname).toBe(pathOf(url));
      }),
      { numRuns: 2_000 },
    );
  });
});
