/** Numbers with a shape. `data` is row-major (the last dimension runs fastest) and holds exactly `product(shape)` values. */
export interface Tensor {
  shape: number[];
  dtype: 'float32' | 'uint8' | 'int32';
  data: Float32Array | Uint8Array | Int32Array;
}
