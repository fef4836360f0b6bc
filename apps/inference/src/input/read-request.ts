import type { Signature } from '@modelyard/contracts';
import { decodePredictBody, decodeTypedBytes, InputError, RAW_DTYPES } from '@modelyard/ml-signature';
import type { DecodedInput, RawDType } from '@modelyard/ml-signature';
import { AppError } from '@modelyard/platform-errors';
import type { FastifyRequest } from 'fastify';
import { readImage } from './read-image';

/** Names the type of raw values; float32 without it. */
export const DTYPE_HEADER = 'x-tensor-dtype';

const FORM_FIELDS = new Set(['image', 'file']);

export interface InputLimits {
  maxRows: number;
  maxPixels: number;
}

/**
 * Reads a predict request by its content type: JSON, raw typed bytes, an image file, or a form with one.
 * @throws InputError by place in the body; AppError for a form that is broken, or holds something else
 */
export async function readRequest(
  signature: Signature,
  request: FastifyRequest,
  limits: InputLimits,
): Promise<DecodedInput> {
  const type = mediaTypeOf(request);
  if (type === 'multipart/form-data') {
    return readImage(signature, await uploadedFile(request), limits.maxPixels);
  }
  const { body } = request;
  if (!Buffer.isBuffer(body)) return decodePredictBody(signature, body, limits);
  if (body.length === 0) throw InputError.at('body', 'the body is empty');
  if (type.startsWith('image/')) return readImage(signature, body, limits.maxPixels);
  return decodeTypedBytes(signature, body, dtypeOf(request), limits);
}

function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function dtypeOf(request: FastifyRequest): RawDType {
  const given = request.headers[DTYPE_HEADER] ?? 'float32';
  if (typeof given === 'string' && Object.hasOwn(RAW_DTYPES, given)) return given as RawDType;
  const known = Object.keys(RAW_DTYPES).join(', ');
  throw InputError.at(DTYPE_HEADER, `header ${DTYPE_HEADER} must be one of ${known}`);
}

async function uploadedFile(request: FastifyRequest): Promise<Buffer> {
  try {
    const file = await request.file();
    if (file === undefined)
      throw InputError.at('image', 'the form has no file, expected one in the field `image`');
    const bytes = await file.toBuffer();
    if (!FORM_FIELDS.has(file.fieldname)) {
      throw InputError.at(
        file.fieldname,
        `the file is in the field ${file.fieldname}, expected \`image\` or \`file\``,
      );
    }
    return bytes;
  } catch (error) {
    throw error instanceof InputError ? error : formError(error);
  }
}

function formError(error: unknown): AppError {
  const code = (error as { code?: unknown }).code;
  if (code === 'FST_REQ_FILE_TOO_LARGE')
    return new AppError('BODY_TOO_LARGE', 'The uploaded file is too large.');
  const reason = error instanceof Error ? error.message : 'it cannot be read';
  return new AppError('MALFORMED_BODY', `The form is broken: ${reason}.`, { cause: error });
}
