import { createRequire } from 'node:module';
import type { Signature } from '@modelyard/contracts';
import { InputError, sampleShapeOf } from '@modelyard/ml-signature';
import type { DecodedInput } from '@modelyard/ml-signature';
import type Sharp from 'sharp';

/** What is decoded; others (SVG, PDF, …) would bring more attack surface than use. */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff']);
/** Their readers in libvips. The others are switched off: even reading a header has let files in, and XML entities. */
const READERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff'].map((format) => `VipsForeignLoad${format}`);

/**
 * Turns an image file into one sample: decoded, turned upright, transparency laid on black, scaled to the signature's
 * height and width (proportions are not kept), reduced to its channels, and mapped from 0–255 to its value range.
 *
 * @param maxPixels counted from the file's header, before anything is unpacked
 * @throws InputError when the model takes no images, or the bytes are no image that can be decoded
 */
export async function readImage(
  signature: Signature,
  file: Buffer,
  maxPixels: number,
): Promise<DecodedInput> {
  const [height, width, channels] = imageShapeOf(signature);
  const pixels = await decode(file, { height, width, channels }, maxPixels);
  const { minimum = 0, maximum = 255 } = signature.inputs[0] ?? {};
  const scale = (maximum - minimum) / 255;
  const values = Float32Array.from(pixels, (value) => minimum + value * scale);
  return { values, rows: 1, single: true };
}

function imageShapeOf(signature: Signature): [number, number, 1 | 3] {
  const [height, width, channels, ...more] = sampleShapeOf(signature);
  const fits =
    signature.task === 'image-classification' &&
    height !== undefined &&
    width !== undefined &&
    (channels === 1 || channels === 3) &&
    more.length === 0;
  if (!fits)
    throw InputError.at('image', 'this model takes no image files, send its values as JSON or raw bytes');
  return [height, width, channels];
}

async function decode(
  file: Buffer,
  target: { height: number; width: number; channels: 1 | 3 },
  maxPixels: number,
): Promise<Buffer> {
  const sharp = loadSharp();
  try {
    const image = sharp(file, { limitInputPixels: maxPixels, failOn: 'error', autoOrient: true });
    const { format, width, height } = await image.metadata();
    if (!FORMATS.has(format)) throw new Error('Input buffer contains unsupported image format');
    if (width * height > maxPixels) throw new Error('Input image exceeds pixel limit');
    return await image
      .flatten({ background: 'black' })
      .resize(target.width, target.height, { fit: 'fill' })
      .toColourspace(target.channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch (error) {
    const taken = [...FORMATS].join(', ');
    throw InputError.at('image', `the image file cannot be read: ${reasonOf(error)} (taken are ${taken})`);
  }
}

/** In our words: the library's own name its parts, and go over many lines. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/pixel limit/.test(message)) return 'it has too many pixels';
  if (/^Input buffer contains unsupported/.test(message)) return 'it is of no kind that is taken';
  return 'it is broken';
}

let loaded: typeof Sharp | undefined;

/** On the first image only: libvips takes memory that a service of tables never needs. */
function loadSharp(): typeof Sharp {
  if (loaded === undefined) {
    loaded = createRequire(__filename)('sharp') as typeof Sharp;
    // Requests are the unit of parallelism here; a cache of inputs never hits.
    loaded.concurrency(1);
    loaded.cache(false);
    loaded.block({ operation: ['VipsForeignLoad'] });
    loaded.unblock({ operation: READERS });
  }
  return loaded;
}
