/** The longest that one run should hold the event loop. */
const TARGET_MS = 10;

/**
 * How many samples one run may take. ONNX Runtime's binding for Node runs on the main thread, so a run of a thousand
 * images would let nobody else through, health probes included; between two slices others get their turn.
 */
export class RunSlices {
  /** The best that was seen: a busy machine makes runs look slow, never fast. */
  private millisecondsPerRow = Infinity;

  /** At least one. */
  get rows(): number {
    return this.millisecondsPerRow === Infinity
      ? 1
      : Math.max(1, Math.floor(TARGET_MS / this.millisecondsPerRow));
  }

  observe(rows: number, milliseconds: number): void {
    this.millisecondsPerRow = Math.min(this.millisecondsPerRow, milliseconds / rows);
  }
}
