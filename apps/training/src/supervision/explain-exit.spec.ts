import { explainExit } from './explain-exit';

const TRAINER = { name: 'trainer', memoryAdvice: 'a smaller batch size or network needs less' };

describe('why a trainer ended', () => {
  it('names memory for a SIGKILL, for that is how the system takes it back', () => {
    expect(explainExit(TRAINER, null, 'SIGKILL', [])).toMatch(/killed \(SIGKILL\).*memory/);
  });

  it.each(['FATAL ERROR: JavaScript heap out of memory', 'std::bad_alloc', 'OOM when allocating tensor'])(
    'knows by its output that memory ran out: %s',
    (line) => {
      expect(explainExit(TRAINER, 134, null, [line])).toMatch(
        /ran out of memory; a smaller batch size.*last words/,
      );
    },
  );

  it('names any other signal, and the exit code, with the last lines of output', () => {
    expect(explainExit(TRAINER, null, 'SIGSEGV', ['a', 'b'])).toBe(
      'The trainer was ended by SIGSEGV. Its last words: a | b',
    );
    expect(explainExit(TRAINER, 3, null, [])).toBe('The trainer exited with code 3 before it had finished.');
    expect(explainExit(TRAINER, null, null, [], new Error('spawn ENOENT'))).toContain('spawn ENOENT');
  });
});
