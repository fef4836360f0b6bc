/** The network cannot be written as ONNX. `layer` names the layer at fault, where one is. */
export class ExportError extends Error {
  constructor(
    reason: string,
    readonly layer?: string,
  ) {
    super(layer === undefined ? reason : `Layer "${layer}": ${reason}`);
    this.name = 'ExportError';
  }
}
