import { ConfigError } from '@modelyard/platform-config';
import { AppError } from '@modelyard/platform-errors';
import { main, StartupError } from '.';

async function failWith(error: unknown): Promise<string> {
  const written: string[] = [];
  const write = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => (written.push(String(text)), true));
  try {
    const code = await new Promise((resolve) => {
      jest.spyOn(process, 'exit').mockImplementation((status) => resolve(status) as never);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a library may reject with anything
      main('registry', () => Promise.reject(error));
    });
    expect(code).toBe(1);
  } finally {
    jest.restoreAllMocks();
    write.mockRestore();
  }
  return written.join('');
}

describe('main', () => {
  it.each([
    ['a start-up error', new StartupError('port 1 is in use'), 'port 1 is in use'],
    ['a wrong environment', new ConfigError(new Map([['PORT', ['is required']]])), 'PORT is required'],
    ['a missing dependency', new AppError('DEPENDENCY_UNAVAILABLE', 'No PostgreSQL.'), 'No PostgreSQL.'],
    [
      'a full disk',
      Object.assign(new Error('ENOSPC: no space left'), { syscall: 'write' }),
      'ENOSPC: no space left',
    ],
  ])('says %s in a sentence', async (_, error, sentence) => {
    const text = await failWith(error);
    expect(text).toMatch(/^registry cannot start: /);
    expect(text).toContain(sentence);
    expect(text).not.toMatch(/^\s+at /m);
  });

  it('shows where a fault of ours is', async () => {
    expect(await failWith(new TypeError('x is not a function'))).toMatch(/x is not a function\n\s+at /);
    expect(await failWith('text')).toContain('text');
  });
});
