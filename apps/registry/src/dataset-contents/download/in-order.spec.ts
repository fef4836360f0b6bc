import { inOrder } from './in-order';

it('works on some items at once, and gives what came of them in their order', async () => {
  let working = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const results = inOrder([0, 1, 2, 3, 4, 5], 3, async (item) => {
    most = Math.max(most, (working += 1));
    await new Promise<void>((resolve) => ends.push(resolve));
    working -= 1;
    return item * 10;
  });
  const seen: number[][] = [];
  const reading = (async () => {
    for await (const pair of results) seen.push(pair);
  })();
  while (seen.length < 6) {
    ends.pop()?.(); // the last one first
    await new Promise((resolve) => setImmediate(resolve));
  }
  await reading;
  expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((item) => [item, item * 10]));
  expect(most).toBe(3);
});

it('fails with the item that failed, when its turn has come', async () => {
  const seen: number[] = [];
  const results = inOrder([0, 1, 2], 3, (item) =>
    item === 1 ? Promise.reject(new Error('one')) : Promise.resolve(item),
  );
  await expect(
    (async () => {
      for await (const [item] of results) seen.push(item);
    })(),
  ).rejects.toThrow('one');
  expect(seen).toEqual([0]);
});
