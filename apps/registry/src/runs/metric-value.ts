/** How a metric's value travels in JSON, which has no NaN and no infinities. */
export type WireNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** @returns undefined when `value` is no number in either form */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  return undefined;
}

export function toWire(value: number): WireNumber {
  return Number.isFinite(value) ? value : (String(value) as WireNumber);
}

/** Values by name as JSON can hold them. The contract's type says `number` for both forms. */
export function toWireValues(values: Record<string, number | string>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, toWire(Number(value)) as number]),
  );
}
