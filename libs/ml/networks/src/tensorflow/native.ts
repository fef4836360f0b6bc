import type { Tensor } from '@tensorflow/tfjs';

/** The parts of tfjs-node's backend and binding that run TensorFlow's operations by name; its typings leave them out. */
export interface NativeBackend {
  binding: NativeBinding;
  isUsingGpuDevice: boolean;
  executeSingleOutput(operation: string, attributes: Attribute[], inputs: Tensor[]): Tensor;
  getInputTensorIds(inputs: Tensor[]): number[];
  createOutputTensor(output: NativeOutput): Tensor;
  executeMultipleOutputs(
    operation: string,
    attributes: Attribute[],
    inputs: Tensor[],
    outputs: number,
  ): Tensor[];
}

interface NativeOutput {
  id: number;
  shape: number[];
  dtype: number;
}

interface NativeBinding {
  executeOp(operation: string, attributes: Attribute[], inputs: number[], outputs: number): NativeOutput[];
  TF_Version: string;
  TF_ATTR_STRING: number;
  TF_ATTR_INT: number;
  TF_ATTR_FLOAT: number;
  TF_ATTR_BOOL: number;
  TF_ATTR_TYPE: number;
  TF_ATTR_SHAPE: number;
  TF_FLOAT: number;
  TF_INT32: number;
  TF_INT64: number;
}

export interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

export type NativeType = 'float32' | 'int32' | 'int64';

/** Runs operations of TensorFlow that TensorFlow.js does not know. No gradient is recorded here. */
export class Native {
  constructor(private readonly backend: NativeBackend) {}

  run(operation: string, inputs: Tensor[], attributes: Attribute[]): Tensor {
    return this.backend.executeSingleOutput(operation, attributes, inputs);
  }

  runMany(operation: string, inputs: Tensor[], attributes: Attribute[], outputs: number): Tensor[] {
    return this.backend.executeMultipleOutputs(operation, attributes, inputs, outputs);
  }

  /**
   * 32-bit integers as 64-bit ones, which only TensorFlow's own operations can take: TensorFlow.js has no such type, and
   * holds them for int32. Its own way to them prints a warning each time.
   */
  asInt64(x: Tensor): Tensor {
    const { backend } = this;
    const attributes = [this.type('SrcT', 'int32'), this.type('DstT', 'int64')];
    const outputs = backend.binding.executeOp('Cast', attributes, backend.getInputTensorIds([x]), 1);
    return backend.createOutputTensor({ ...(outputs[0] as NativeOutput), dtype: backend.binding.TF_INT32 });
  }

  type(name: string, value: NativeType = 'float32'): Attribute {
    const { binding } = this.backend;
    const types = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, int64: binding.TF_INT64 };
    return { name, type: binding.TF_ATTR_TYPE, value: types[value] };
  }

  integers(name: string, value: number[]): Attribute {
    return { name, type: this.backend.binding.TF_ATTR_INT, value };
  }

  float(name: string, value: number): Attribute {
    return { name, type: this.backend.binding.TF_ATTR_FLOAT, value };
  }

  boolean(name: string, value: boolean): Attribute {
    return { name, type: this.backend.binding.TF_ATTR_BOOL, value };
  }

  text(name: string, value: string): Attribute {
    return { name, type: this.backend.binding.TF_ATTR_STRING, value };
  }

  shape(name: string, value: number[]): Attribute {
    return { name, type: this.backend.binding.TF_ATTR_SHAPE, value };
  }
}
