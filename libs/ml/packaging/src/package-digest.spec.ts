import { createHash } from 'node:crypto';
import { packageDigest } from './package-digest';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('packageDigest', () => {
  it('is the digest of what sha256sum prints for the sorted files', () => {
    // printf hello > a; mkdir b; printf world > b/c; sha256sum a b/c | sha256sum
    const files = new Map([
      ['b/c', Buffer.from('world')],
      ['a', Buffer.from('hello')],
    ]);
    expect(packageDigest(files)).toBe(
      'sha256:521b3eb1850787361401ce80eb6ed9c79b5aae7b9aefc1c12b2dab0c9803ee45',
    );
  });

  it('is the same for contents and for stored files, in any order', () => {
    const contents = new Map([
      ['a', Buffer.from('hello')],
      ['b/c', Buffer.from('world')],
    ]);
    const stored = [
      { path: 'b/c', sha256: sha256('world') },
      { path: 'a', sha256: sha256('hello') },
    ];
    expect(packageDigest(stored)).toBe(packageDigest(contents));
  });

  it('tells where one file ends and the next begins', () => {
    const one = [{ path: 'a', sha256: sha256('x') }];
    const two = [...one, { path: 'b', sha256: sha256('') }];
    expect(packageDigest(one)).not.toBe(packageDigest(two));
  });

  it('refuses a path that would break a line of the list', () => {
    expect(() => packageDigest([{ path: 'a\nb', sha256: sha256('') }])).toThrow('do not allow');
  });
});
