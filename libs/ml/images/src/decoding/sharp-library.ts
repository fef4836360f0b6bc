import type Sharp from 'sharp';

let loaded: typeof Sharp | undefined;

/** sharp, which is loaded at its first use: it takes 30 MB of memory that a service without images can do without. */
export function sharpLibrary(): typeof Sharp {
  if (loaded !== undefined) return loaded;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const sharp = require('sharp') as typeof Sharp;
  // Whole images are decoded side by side, on libuv's threads; more threads for each would only get in their way.
  sharp.concurrency(1);
  // No image is seen twice.
  sharp.cache(false);
  // What people upload meets the decoders of these formats only: no SVG, no PDF, no fonts.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadNsgifBuffer',
      'VipsForeignLoadWebpBuffer',
      'VipsForeignLoadTiffBuffer',
    ],
  });
  loaded = sharp;
  return sharp;
}
