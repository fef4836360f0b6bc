export type NestedNumbers = (number | null)[] | NestedNumbers[];

/** Folds a row-major list into arrays of arrays of `shape`. */
export function nest(values: (number | null)[], shape: readonly number[]): NestedNumbers {
  let folded: NestedNumbers = values;
  for (const length of shape.slice(1).reverse()) {
    const parts: NestedNumbers[] = [];
    for (let start = 0; start < folded.length; start += length) {
      parts.push(folded.slice(start, start + length));
    }
    folded = parts;
  }
  return folded;
}
