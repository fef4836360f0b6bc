/** The operator set that every exported graph uses. ONNX Runtime ≥ 1.12, Triton ≥ 22.07 and OpenVINO ≥ 2022.3 run it. */
export const ONNX_OPSET = 17;

/** The file format's version that belongs to operator set 17 (ONNX 1.12). */
export const ONNX_IR_VERSION = 8;

/** The ONNX release that brought both; named in model packages. */
export const ONNX_RELEASE = '1.12.0';
