export { decodePredictBody, DEFAULT_MAX_ROWS, PREDICT_BODY_FIELDS } from './decode-body';
export { decodeTypedBytes, RAW_DTYPES } from './decode-bytes';
export type { RawDType } from './decode-bytes';
export type { DecodedInput, DecodeOptions } from './decoded-input';
export { exampleInput } from './example-input';
export { InputError } from './input-error';
export { sampleShapeOf } from './sample-shape';
export { signatureFor } from './signature-for';
