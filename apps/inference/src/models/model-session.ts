/** A model in memory that answers batches. `OnnxSessionFactory` opens real ones. */
export interface ModelSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * @param values `rows` samples one after another
   * @param shape of the whole batch, [rows, …sample]
   * @returns the named output, rows × classes
   */
  run(values: Float32Array, shape: readonly number[]): Promise<Float32Array>;
  /** Frees the native memory. No run may be under way. */
  dispose(): Promise<void>;
}

/** Opens models. The only thing that knows which runtime executes them. */
export abstract class ModelSessionFactory {
  /** @throws Error when the bytes are no model that the runtime can execute */
  abstract open(model: Uint8Array, names: { input: string; output: string }): Promise<ModelSession>;
}
