/** An answer with the revision that its `ETag` tells. The interceptor unwraps it. */
export class Tagged<T> {
  constructor(
    readonly value: T,
    readonly revision: number,
  ) {}
}

export function etagOf(revision: number): string {
  return `"${revision}"`;
}
