import { posix } from 'node:path';
import * as fc from 'fast-check';
import { checkPackagePath } from './package-path';

describe('checkPackagePath', () => {
  it.each(['MLmodel', 'training/weights.bin', 'a/b/c.json', '.hidden', 'größe.txt', 'console.log'])(
    'takes %s',
    (path) => {
      expect(checkPackagePath(path)).toBe(path);
    },
  );

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    './a',
    'a\\b',
    'C:x',
    'a\0b',
    'a.',
    'a ',
    'con',
    'x/LPT1.txt',
  ])('refuses %j', (path) => {
    expect(() => checkPackagePath(path)).toThrow('the path');
  });

  it('lets nothing out of the folder', () => {
    const part = fc.constantFrom('..', '.', '', 'a', '/', '\\', '%2e%2e', '~');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const path = parts.join('/');
        try {
          checkPackagePath(path);
        } catch {
          return;
        }
        expect(posix.resolve('/package', path)).toBe(`/package/${path}`);
      }),
    );
  });
});
