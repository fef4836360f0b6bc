import { AppError } from '@modelyard/platform-errors';
import { repeatingDeadlocks } from './repeating-deadlocks';

const refused = (code: string): Error =>
  new AppError('CONFLICT', 'x', { cause: Object.assign(new Error('pg'), { code }) });

it('does the work again until it succeeds', async () => {
  const work = jest
    .fn()
    .mockRejectedValueOnce(refused('40P01'))
    .mockRejectedValueOnce(refused('40001'))
    .mockResolvedValue('done');
  await expect(repeatingDeadlocks(work)).resolves.toBe('done');
  expect(work).toHaveBeenCalledTimes(3);
});

it('gives up in the end', async () => {
  const work = jest.fn().mockRejectedValue(refused('40P01'));
  await expect(repeatingDeadlocks(work)).rejects.toThrow('x');
  expect(work).toHaveBeenCalledTimes(4);
});

it.each([refused('23505'), new Error('other'), 'text'])(
  'does not repeat what would fail again',
  async (error) => {
    const work = jest.fn().mockRejectedValue(error);
    await expect(repeatingDeadlocks(work)).rejects.toBe(error);
    expect(work).toHaveBeenCalledTimes(1);
  },
);
