/** What an ONNX file says of itself, read without running it. */
export interface OnnxDescription {
  irVersion: number;
  producer: { name: string; version: string };
  /** The version of the default operator set; undefined when the model imports only others. */
  opset: number | undefined;
  opsets: { domain: string; version: number }[];
  inputs: OnnxValueDescription[];
  outputs: OnnxValueDescription[];
  /** Nodes in all graphs, also in those inside nodes. */
  nodeCount: number;
  /** Operators in use, sorted by domain and type. */
  operators: { domain: string; type: string; count: number }[];
  /** Constants of all graphs. */
  initializers: OnnxInitializerDescription[];
  /** How many operators the model defines itself. */
  functionCount: number;
  metadata: Record<string, string>;
}

export interface OnnxValueDescription {
  name: string;
  /** `float32`, `int64` …; `sequence`, `map`, `optional` or `sparse` for what is no tensor. */
  type: string;
  /** A number, a symbol such as `batch`, or null where nothing is said; undefined when the rank is open. */
  shape: (number | string | null)[] | undefined;
}

export interface OnnxInitializerDescription {
  name: string;
  type: string;
  shape: number[];
  /** Bytes that it takes in the file. */
  bytes: number;
  /** Its data lies in another file. */
  external: boolean;
}

/** Bounds that keep a hostile file from costing more than its size. */
export const DESCRIBE_LIMITS = {
  /** Nodes, initialisers, and entries of every other list, each. */
  items: 200_000,
  /** Graphs inside nodes of graphs. */
  depth: 16,
  /** UTF-8 bytes of a name. */
  nameBytes: 4096,
  /** UTF-8 bytes of a metadata value. */
  valueBytes: 1024 * 1024,
  dimensions: 64,
} as const;

/** The bytes are no ONNX model, or one beyond the limits. */
export class OnnxFormatError extends Error {
  constructor(reason: string) {
    super(`Not a readable ONNX model: ${reason}`);
    this.name = 'OnnxFormatError';
  }
}

const ELEMENT_TYPES = [
  ...[
    'undefined',
    'float32',
    'uint8',
    'int8',
    'uint16',
    'int16',
    'int32',
    'int64',
    'string',
    'bool',
    'float16',
  ],
  ...['float64', 'uint32', 'uint64', 'complex64', 'complex128', 'bfloat16', 'float8e4m3fn', 'float8e4m3fnuz'],
  ...['float8e5m2', 'float8e5m2fnuz', 'uint4', 'int4', 'float4e2m1', 'float8e8m0'],
];

/** The name of a `TensorProto.DataType`. */
export function elementTypeName(code: number): string {
  return ELEMENT_TYPES[code] ?? `type ${code}`;
}
