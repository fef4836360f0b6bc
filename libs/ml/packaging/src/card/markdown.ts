/** Text from outside as Markdown that shows it and does nothing else: no links, tags, tables or new lines. */
export function text(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
    .trim();
}

/** Text as code. A code span cannot hold backticks, nor a table cell bars. */
export function code(value: string): string {
  return `\`${value.replace(/\s+/g, ' ').replace(/`/g, "'").replace(/\|/g, '¦')}\``;
}

export function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Four significant digits after the point; a dash for what could not be measured. */
export function measure(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : '–';
}
