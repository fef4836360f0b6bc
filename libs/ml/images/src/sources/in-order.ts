/** How much may be under way at once. */
export interface Window {
  items: number;
  /** Sum of the items' costs; an item that costs more goes alone. */
  cost: number;
}

/**
 * Works on several items at once and gives the results in the items' order.
 * @param cost of an item, e.g. the bytes of memory that the work takes
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  cost: (item: T) => number,
  window: Window,
): AsyncGenerator<R> {
  const underWay: { result: Promise<R>; cost: number }[] = [];
  let total = 0;
  const next = async (): Promise<R> => {
    const first = underWay.shift() as { result: Promise<R>; cost: number };
    total -= first.cost;
    return first.result;
  };
  try {
    for await (const item of items) {
      const price = cost(item);
      while (underWay.length > 0 && (underWay.length >= window.items || total + price > window.cost)) {
        yield await next();
      }
      const result = work(item);
      result.catch(() => undefined); // it is thrown where its turn comes
      underWay.push({ result, cost: price });
      total += price;
    }
    while (underWay.length > 0) yield await next();
  } finally {
    await Promise.allSettled(underWay.map(({ result }) => result));
  }
}
