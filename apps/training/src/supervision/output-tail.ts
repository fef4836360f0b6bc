const MAX_LINES = 5;
const MAX_LINE_LENGTH = 300;

/** The last few lines of a process's output: what explains a crash, and no more memory than that. */
export class OutputTail {
  private readonly kept: string[] = [];
  private rest = '';

  /** @returns the lines that this chunk completed */
  push(chunk: Buffer): string[] {
    const pieces = (this.rest + chunk.toString('utf8')).split('\n');
    this.rest = (pieces.pop() ?? '').slice(0, MAX_LINE_LENGTH);
    const lines = pieces.map((line) => line.trim().slice(0, MAX_LINE_LENGTH)).filter((line) => line !== '');
    this.kept.push(...lines);
    this.kept.splice(0, this.kept.length - MAX_LINES);
    return lines;
  }

  lines(): string[] {
    return this.rest.trim() === '' ? [...this.kept] : [...this.kept, this.rest.trim()];
  }
}
