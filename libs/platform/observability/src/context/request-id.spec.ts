import fc from 'fast-check';
import { requestIdOf } from '..';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('requestIdOf', () => {
  it('accepts a safe id', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9._-]{1,128}$/), (id) => {
        expect(requestIdOf({ 'x-request-id': id })).toBe(id);
      }),
    );
  });

  it('makes one where there is none, or one that is not safe to log', () => {
    for (const id of [undefined, '', 'a b', 'a\nb', 'ü', 'x'.repeat(129), '{}', ['a', 'b']]) {
      expect(requestIdOf({ 'x-request-id': id })).toMatch(UUID);
    }
    expect(requestIdOf({})).not.toBe(requestIdOf({}));
  });
});
