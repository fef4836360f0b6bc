/** A user's name as an SQL identifier: the one place where a user's text is written into a statement, inside of quotes. */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0')) throw new RangeError('A column name cannot hold a NUL.');
  return `"${name.replaceAll('"', '""')}"`;
}
