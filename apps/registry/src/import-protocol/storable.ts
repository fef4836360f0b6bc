/** PostgreSQL keeps neither NUL characters nor halves of surrogate pairs, and data that is wrong has both. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return Buffer.from(value.replaceAll('\u0000', '\ufffd')).toString() as T;
  if (Array.isArray(value)) return value.map((item: unknown) => storable(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storable(item)])) as T;
}
