export const IMAGE_FORMATS = ['png', 'jpeg', 'gif', 'webp', 'tiff'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** What an image's first bytes say of it. */
export interface ImageHeader {
  format: ImageFormat;
  /** As the image is shown: after it was turned as its EXIF data say. */
  width: number;
  height: number;
  /** 1 of grey images, else 3; transparency does not count. */
  channels: 1 | 3;
  /** A JPEG or PNG image of 8 bits, without transparency, colour profile and need to be turned: as it is, so it is shown. */
  plain: boolean;
}
