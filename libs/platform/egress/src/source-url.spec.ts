import { parseSourceUrl } from './source-url';

const refusalOf = (text: string): string => {
  try {
    parseSourceUrl(text);
  } catch (error) {
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
    return (error as Error).message;
  }
  return 'taken';
};

it.each([
  ['no url', 'cannot be read'],
  ['file:///etc/passwd', 'scheme file:'],
  ['ftp://example.org/a', 'scheme ftp:'],
  ['gopher://example.org', 'scheme gopher:'],
  ['data:text/csv,a', 'scheme data:'],
  ['https://user:secret@example.org/a', 'credentials'],
  ['http://127.0.0.1/a', 'not on the public internet'],
  ['http://2130706433/', 'not on the public internet'],
  ['http://0x7f.1/', 'not on the public internet'],
  ['http://0177.0.0.1/', 'not on the public internet'],
  ['http://[::1]:9000/', 'not on the public internet'],
  ['http://[::ffff:10.0.0.1]/', 'not on the public internet'],
  ['http://169.254.169.254/latest/meta-data', 'not on the public internet'],
])('refuses %s', (text, reason) => expect(refusalOf(text)).toContain(reason));

it('never repeats credentials', () =>
  expect(refusalOf('https://user:secret@example.org/')).not.toContain('secret'));

it('takes names and public addresses, and addresses that the operator allows', () => {
  expect(parseSourceUrl('https://example.org/a?b=c').href).toBe('https://example.org/a?b=c');
  expect(parseSourceUrl('http://8.8.8.8/a').hostname).toBe('8.8.8.8');
  const rules = { allowedHosts: ['127.0.0.1:9000', '[::1]:80', 'Mirror.Local:443'] };
  expect(parseSourceUrl('http://127.0.0.1:9000/a', rules).port).toBe('9000');
  expect(parseSourceUrl('http://[::1]/a', rules).hostname).toBe('[::1]');
  expect(() => parseSourceUrl('http://127.0.0.1:9001/a', rules)).toThrow(/public/);
});
