import { AppError } from '@modelyard/platform-errors';
import fc from 'fast-check';
import { decodePageToken, encodePageToken } from './page-token';

const position = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)));

it('gives back every position', () => {
  fc.assert(
    fc.property(fc.string(), position, (list, values) => {
      expect(decodePageToken(list, encodePageToken(list, values), values.length)).toEqual(values);
    }),
  );
});

it('refuses whatever it did not make for this list', () => {
  const refused = (list: string, token: string, columns = 1): void => {
    expect(() => decodePageToken(list, token, columns)).toThrow(AppError);
  };
  refused('a', encodePageToken('b', [1]));
  refused('a', encodePageToken('a', [1, 2]));
  refused('a', Buffer.from('{"a":1}').toString('base64url'));
  refused('a', Buffer.from('["a",{}]').toString('base64url'));
  fc.assert(fc.property(fc.string(), (token) => refused('list', token)));
});
