import { AppError } from '@modelyard/platform-errors';
import { Gate } from './gate';

it('lets so many in, holds so many in line in their order, and turns the rest away', async () => {
  const gate = new Gate(2, 2);
  const order: string[] = [];
  const leaves = [await gate.enter(), await gate.enter()];
  const third = gate.pass(() => Promise.resolve(void order.push('third')));
  const fourth = gate.pass(() => Promise.resolve(void order.push('fourth')));
  await expect(gate.enter()).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 1 });
  leaves[0]?.();
  leaves[0]?.(); // leaving twice frees one place
  await Promise.all([third, fourth]);
  expect(order).toEqual(['third', 'fourth']);
});

it('frees the place of work that failed', async () => {
  const gate = new Gate(1, 0);
  const failing = gate.pass(() => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await expect(gate.pass(() => Promise.resolve('in'))).resolves.toBe('in');
  await gate.enter();
  await expect(gate.enter()).rejects.toBeInstanceOf(AppError);
});
