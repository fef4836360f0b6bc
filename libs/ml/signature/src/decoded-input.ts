/** A batch, ready to run: `values` holds `rows` samples one after another, each in the signature's sample shape. */
export interface DecodedInput {
  values: Float32Array;
  rows: number;
  /** The client sent one sample, not a list of them, and expects one answer. */
  single: boolean;
}

export interface DecodeOptions {
  /** The most samples that one request may hold. Default `DEFAULT_MAX_ROWS`. */
  maxRows?: number;
}
