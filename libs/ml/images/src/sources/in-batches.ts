/**
 * Brings neighbours together that can be worked on at once; the others stay alone.
 * @param cost of an item; a batch ends before `limit.cost`, and at `limit.items`
 */
export async function* inBatches<T>(
  items: AsyncIterable<T>,
  canJoin: (item: T) => boolean,
  cost: (item: T) => number,
  limit: { items: number; cost: number },
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let total = 0;
  for await (const item of items) {
    const price = cost(item);
    const joins = canJoin(item);
    if (batch.length > 0 && (!joins || batch.length >= limit.items || total + price > limit.cost)) {
      yield batch;
      [batch, total] = [[], 0];
    }
    if (joins) {
      batch.push(item);
      total += price;
    } else {
      yield [item];
    }
  }
  if (batch.length > 0) yield batch;
}
