import { UnreadableData } from '@modelyard/contracts';
import { TableError } from '@modelyard/ml-tables';
import { AppError } from '@modelyard/platform-errors';
import { outcomeOf } from './outcome-of';

const fate = (error: unknown): [string, boolean] => {
  const outcome = outcomeOf(error);
  if (outcome.type !== 'failed') throw new Error('it did not fail');
  return [outcome.error.message, outcome.permanent];
};

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

it('passes on what is wrong with the data, and where', () => {
  const problems = [{ file: 'a.csv', line: 3, message: 'a quote is not closed' }];
  expect(outcomeOf(new UnreadableData('No.', problems, 7))).toEqual({
    type: 'failed',
    error: { message: 'No.', problems, problemCount: 7 },
    permanent: true,
  });
});

it.each([
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
  new TableError('IO Error: Could not write file "x": No space left on device'),
  new TableError('Out of Memory Error: failed to offload data block (max_temp_directory_size)'),
  new AppError('DEPENDENCY_UNAVAILABLE', 'The artifact store cannot be written.', {
    cause: Object.assign(new Error('write'), { code: 'ENOSPC' }),
  }),
])('knows a full disk, which may pass: %s', (error) => {
  expect(fate(error)).toEqual([expect.stringContaining('is full'), false]);
});

it.each([
  ['VALIDATION_FAILED', true],
  ['BODY_TOO_LARGE', true],
  ['NOT_FOUND', true],
  ['DEPENDENCY_UNAVAILABLE', false],
  ['DEADLINE_EXCEEDED', false],
  ['INTERNAL', false],
] as const)('tells by the code %s whether trying again may help', (code, permanent) => {
  expect(fate(new AppError(code, 'Why.'))).toEqual(['Why.', permanent]);
});

it('says how a table that is too large can be read all the same', () => {
  expect(fate(new TableError('Out of Memory Error: could not allocate block'))).toEqual([
    expect.stringContaining('IMPORT_MEMORY_MIB'),
    true,
  ]);
});

it('tries again after anything that it does not know', () => {
  expect(fate(new TypeError('x is not a function'))).toEqual([
    'The import failed unexpectedly: x is not a function',
    false,
  ]);
  expect(fate('text')[1]).toBe(false);
});
