import { credentialOf } from './credential';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('credentialOf', () => {
  it.each([
    ['a bearer token', { authorization: 'Bearer my_key' }, 'my_key'],
    ['a bearer token in other letters', { authorization: 'bearer   my_key ' }, 'my_key'],
    ['a header of its own', { 'x-api-key': 'my_key' }, 'my_key'],
    ['the password of basic authentication', { authorization: basic('anyone:my_key') }, 'my_key'],
    ['a password with a colon', { authorization: basic(':my:key') }, 'my:key'],
    ['the bearer token before the header', { authorization: 'Bearer first', 'x-api-key': 'second' }, 'first'],
    [
      'the header after a scheme that means nothing',
      { authorization: 'Digest x', 'x-api-key': 'second' },
      'second',
    ],
  ])('takes %s', (_, headers, key) => {
    expect(credentialOf(headers)).toBe(key);
  });

  it.each([
    ['nothing', {}],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Digest abc' }],
    ['a token in two words', { authorization: 'Bearer a b' }],
    ['basic authentication without a colon', { authorization: basic('my_key') }],
    ['an empty password', { authorization: basic('name:') }],
    ['an empty header', { 'x-api-key': '' }],
    ['a novel', { 'x-api-key': 'x'.repeat(513) }],
  ])('takes nothing from %s', (_, headers) => {
    expect(credentialOf(headers)).toBeUndefined();
  });
});
