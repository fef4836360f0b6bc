import { Root } from 'protobufjs/light';
import { ONNX_SCHEMA } from './onnx-schema';
import type { OnnxModel } from './onnx-types';

const modelProto = Root.fromJSON(ONNX_SCHEMA).lookupType('onnx.ModelProto');

/** The model as an .onnx file. Fields are written in the order of the schema, so equal models give equal bytes. */
export function encodeModel(model: OnnxModel): Buffer {
  const bytes = modelProto.encode(modelProto.create({ ...model })).finish();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
