export { exportNetwork } from './export-network';
export type { NetworkToExport } from './export-network';
export { ExportError } from './export-error';
export { EXPORTABLE_LAYERS } from './layers/exportable-layers';
export { ONNX_IR_VERSION, ONNX_OPSET, ONNX_RELEASE } from './onnx-format/onnx-version';
export { describeOnnx } from './describe/describe-onnx';
export { OnnxFormatError } from './describe/onnx-description';
export type {
  OnnxDescription,
  OnnxInitializerDescription,
  OnnxValueDescription,
} from './describe/onnx-description';
