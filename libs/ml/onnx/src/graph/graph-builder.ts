import { endianness } from 'node:os';
import { ATTRIBUTE_TYPE, ELEMENT_TYPE } from '../onnx-format/onnx-types';
import type { OnnxAttribute, OnnxNode, OnnxTensor } from '../onnx-format/onnx-types';

/** `{ float }` is written as FLOAT even when it is whole; plain numbers are INT. */
export type AttributeValue = number | number[] | string | { float: number };

/**
 * Collects the nodes and initialisers of one graph. Names are the layer's name and a word, made unique where two
 * meet, so that the graph reads well in a viewer and the same network always gets the same names.
 */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  private readonly taken = new Set<string>();

  /** @param reserved names that only the graph's inputs and outputs may have */
  constructor(reserved: readonly string[]) {
    for (const name of reserved) this.taken.add(name);
  }

  /** Adds a float32 constant. `data.length` is the product of `shape`. @returns its name */
  floats(name: string, shape: readonly number[], data: Float32Array): string {
    return this.initializer(name, ELEMENT_TYPE.float32, shape, littleEndian(data));
  }

  /** Adds a float32 constant without dimensions. @returns its name */
  scalar(name: string, value: number): string {
    return this.floats(name, [], Float32Array.of(value));
  }

  /** Adds a list of int64 constants. @returns its name */
  integers(name: string, values: readonly number[]): string {
    const data = Buffer.alloc(values.length * 8);
    values.forEach((value, index) => data.writeBigInt64LE(BigInt(value), index * 8));
    return this.initializer(name, ELEMENT_TYPE.int64, [values.length], data);
  }

  /**
   * Adds a node with one output. An empty string among the inputs leaves an optional input out.
   * @param output the exact name of its output, for the graph's own outputs
   * @returns the name of its output
   */
  node(
    layer: string,
    opType: string,
    inputs: string[],
    attributes: Record<string, AttributeValue> = {},
    output?: string,
  ): string {
    const name = this.unique(`${layer}/${opType}`);
    const result = output ?? this.unique(`${name}:0`);
    const attribute = Object.entries(attributes).map(([key, value]) => toAttribute(key, value));
    this.nodes.push({ name, opType, input: inputs, output: [result], attribute });
    return result;
  }

  private initializer(name: string, dataType: number, dims: readonly number[], rawData: Buffer): string {
    const unique = this.unique(name);
    this.initializers.push({ name: unique, dims: [...dims], dataType, rawData });
    return unique;
  }

  private unique(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.taken.has(name); count++) name = `${wanted}_${count}`;
    this.taken.add(name);
    return name;
  }
}

function toAttribute(name: string, value: AttributeValue): OnnxAttribute {
  if (typeof value === 'number') return { name, type: ATTRIBUTE_TYPE.int, i: value };
  if (typeof value === 'string') return { name, type: ATTRIBUTE_TYPE.string, s: Buffer.from(value) };
  if (Array.isArray(value)) return { name, type: ATTRIBUTE_TYPE.ints, ints: value };
  return { name, type: ATTRIBUTE_TYPE.float, f: value.float };
}

/** ONNX stores raw data little-endian, whatever the machine is. */
function littleEndian(data: Float32Array): Buffer {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}
