import fc from 'fast-check';
import { hideSecrets } from './hide-secrets';

describe('hideSecrets', () => {
  it('hides credentials in any spelling of upper and lower case', () => {
    expect(
      hideSecrets({ Authorization: 'a', headers: { 'X-Api-Key': 'b', accept: 'c' }, apiKey: 'd' }),
    ).toEqual({
      Authorization: '[redacted]',
      headers: { 'X-Api-Key': '[redacted]', accept: 'c' },
      apiKey: '[redacted]',
    });
  });

  it('changes nothing of what it was given', () => {
    const details = { req: { headers: { cookie: 'x' } } };
    hideSecrets(details);
    expect(details.req.headers.cookie).toBe('x');
  });

  it('gives back the same object when there is nothing to hide', () => {
    const error = new Error('token');
    for (const details of [{ a: 1, b: { c: null } }, { err: error }, { list: ['token'] }]) {
      expect(hideSecrets(details)).toBe(details);
    }
  });

  it('lets no password through, wherever it stands', () => {
    const key = fc.constantFrom('a', 'req', 'headers', 'list');
    fc.assert(
      fc.property(fc.array(key, { maxLength: 3 }), (path) => {
        const leaf: Record<string, unknown> = { password: 'hunter2', kept: 1 };
        const details = path.reduceRight((inner, k) => ({ [k]: inner }), leaf);
        const text = JSON.stringify(hideSecrets(details));
        expect(text).not.toContain('hunter2');
        expect(text).toContain('"kept":1');
      }),
    );
  });
});
