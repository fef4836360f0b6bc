const WHOLE = /^-?\d{1,15}$/;

/** Class names in a schema's order: by value where all are whole numbers, else by code point. */
export function sortedClasses(names: Iterable<string>): string[] {
  const list = [...names];
  if (list.every((name) => WHOLE.test(name))) {
    return list.sort((a, b) => Number(a) - Number(b) || byCodePoint(a, b));
  }
  return list.sort(byCodePoint);
}

/** JavaScript compares UTF-16 units, which puts some characters elsewhere than UTF-8 and SQL do. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
