import { explainExit } from './explain-exit';

describe('why a trainer ended', () => {
  it('names memory for a SIGKILL, for that is how the system takes it back', () => {
    expect(explainExit(null, 'SIGKILL', [])).toMatch(/killed \(SIGKILL\).*memory/);
  });

  it.each(['FATAL ERROR: JavaScript heap out of memory', 'std::bad_alloc', 'OOM when allocating tensor'])(
    'knows by its output that memory ran out: %s',
    (line) => {
      expect(explainExit(134, null, [line])).toMatch(/ran out of memory; a smaller batch size.*last words/);
    },
  );

  it('names any other signal, and the exit code, with the last lines of output', () => {
    expect(explainExit(null, 'SIGSEGV', ['a', 'b'])).toBe(
      'The trainer was ended by SIGSEGV. Its last words: a | b',
    );
    expect(explainExit(3, null, [])).toBe('The trainer exited with code 3 before it had finished.');
    expect(explainExit(null, null, [], new Error('spawn ENOENT'))).toContain('spawn ENOENT');
  });
});
