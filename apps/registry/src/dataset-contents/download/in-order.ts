/**
 * Works on items, `ahead` of them at once, and gives the results in the items' order. Whoever stops reading leaves at
 * most `ahead` works behind that end by themselves.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<[item: T, result: R]> {
  const begun: Promise<R>[] = [];
  for (const [index, item] of items.entries()) {
    while (begun.length < Math.min(items.length, index + ahead)) {
      const result = work(items[begun.length] as T);
      result.catch(() => undefined); // it is told when its turn comes, if it does
      begun.push(result);
    }
    const result = await (begun[index] as Promise<R>);
    delete begun[index]; // what was given is no longer held
    yield [item, result];
  }
}
