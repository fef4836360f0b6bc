import type { Signature } from '@modelyard/contracts';
import { sampleShapeOf } from '@modelyard/ml-signature';
import type { ModelSession } from './model-session';
import { RunSlices } from './run-slices';

export interface ModelIdentity {
  model: string;
  version: number;
}

/** A version in memory, warm and verified. It lives as long as someone holds it: a deployment, or a request under way. */
export class LoadedModel {
  readonly classes: readonly string[];
  readonly sampleShape: readonly number[];
  private readonly slices = new RunSlices();
  private holders = 0;
  private disposal: Promise<void> | undefined;

  constructor(
    readonly identity: ModelIdentity,
    readonly signature: Signature,
    private readonly session: ModelSession,
  ) {
    this.classes = signature.classes;
    this.sampleShape = sampleShapeOf(signature);
  }

  /** For metrics and logs: `digits/3`. */
  get label(): string {
    return `${this.identity.model}/${this.identity.version}`;
  }

  get disposed(): boolean {
    return this.disposal !== undefined;
  }

  /** @returns probabilities, rows × classes */
  async run(values: Float32Array, rows: number): Promise<Float32Array> {
    if (rows <= this.slices.rows) return this.runSlice(values, rows);
    const answers: Float32Array[] = [];
    const size = values.length / rows;
    for (let start = 0; start < rows;) {
      const end = Math.min(rows, start + this.slices.rows);
      answers.push(await this.runSlice(values.subarray(start * size, end * size), end - start));
      start = end;
    }
    return concatenate(answers);
  }

  private async runSlice(values: Float32Array, rows: number): Promise<Float32Array> {
    const startedAt = performance.now();
    const answers = await this.session.run(values, [rows, ...this.sampleShape]);
    this.slices.observe(rows, performance.now() - startedAt);
    return answers;
  }

  hold(): void {
    if (this.disposed) throw new Error(`${this.label} is unloaded already`);
    this.holders += 1;
  }

  /** The last one to let go unloads the model. */
  release(): void {
    this.holders -= 1;
    if (this.holders > 0 || this.disposed) return;
    this.disposal = this.session.dispose();
  }

  /** Resolves when the native memory is free; for tests and shutdown. */
  async unloaded(): Promise<void> {
    await this.disposal;
  }
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
