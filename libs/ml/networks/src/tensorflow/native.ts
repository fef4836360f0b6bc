import type { Tensor } from '@tensorflow/tfjs';

/** The parts of tfjs-node's backend and binding that run TensorFlow's operations by name; its typings leave them out. */
export interface NativeBackend {
  binding: NativeBinding;
  isUsingGpuDevice: boolean;
  executeSingleOutput(operation: string, attributes: Attribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(
    operation: string,
    attributes: Attribute[],
    inputs: Tensor[],
    outputs: number,
  ): Tensor[];
}

interface NativeBinding {
  TF_Version: string;
  TF_ATTR_STRING: number;
  TF_ATTR_INT: number;
  TF_ATTR_FLOAT: number;
  TF_ATTR_BOOL: number;
  TF_ATTR_TYPE: number;
  TF_ATTR_SHAPE: number;
  TF_FLOAT: number;
  TF_INT32: number;
}

export interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

export type NativeType = 'float32' | 'int32';

/** Runs operations of TensorFlow that TensorFlow.js does not know. No gradient is recorded here. */
export class Native {
  constructor(private readonly backend: NativeBackend) {}

  run(operation: string, inputs: Tensor[], attributes: Attribute[]): Tensor {
    return this.backend.executeSingleOutput(operation, attributes, inputs);
  }

  runMany(operation: string, inputs: Tensor[], attributes: Attribute[], outputs: number): Tensor[] {
    return this.backend.executeMultipleOutputs(operation, attributes, inputs, outputs);
  }

  type(name: string, value: NativeType = 'float32'): Attribute {
    const { binding } = this.backend;
    const number = value === 'float32' ? binding.TF_FLOAT : binding.TF_INT32;
    return { name, type: binding.TF_ATTR_TYPE, value: number };
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
