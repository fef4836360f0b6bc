/** What one image may take. */
export interface ImageLimits {
  /** Width × height. */
  pixels: number;
  /** Of a side. */
  side: number;
  /** Of the file. */
  bytes: number;
}

export const IMAGE_LIMITS: ImageLimits = { pixels: 50_000_000, side: 32_768, bytes: 128 * 1024 ** 2 };
