/** An image cannot be read; the message says why, in words for its owner. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
