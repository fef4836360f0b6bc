import { AppError } from '@modelyard/platform-errors';

/** The chunks of a body, of at most `maxBytes` in all. @throws AppError BODY_TOO_LARGE as soon as there are more */
export async function* boundedBody(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('BODY_TOO_LARGE', `The file is larger than the ${maxBytes} bytes that may be fetched.`);
}
