/** SQL text of our own making (a path), where no parameter can stand: in `copy … to` and in views. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
