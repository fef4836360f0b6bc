/**
 * Works on items, `ahead` of them at once, and gives the results in the items' order. Whoever stops reading leaves at
 * most `ahead` works behind that end by themselves.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<[item: T, result: R]> {
  const begun: Promise<R>[] = []; // from the item on whose turn it is
  for (const [index, item] of items.entries()) {
    for (const next of items.slice(index + begun.length, index + ahead)) {
      const result = work(next);
      result.catch(() => undefined); // it is told when its turn comes, if it does
      begun.push(result);
    }
    yield [item, await (begun.shift() as Promise<R>)];
  }
}
