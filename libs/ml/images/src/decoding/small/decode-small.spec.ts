import fc from 'fast-check';
import sharp from 'sharp';
import { decodeSmall } from './decode-small';
import { pixelsOf } from '../../testing/pictures';
import { sniffImage } from '../../sniffing/sniff-image';
import { decodeImage } from '../decode-image';

/** What libvips makes of a file: what our own decoders are to give. */
const byLibvips = (bytes: Buffer) =>
  sharp(bytes, { failOn: 'none' })
    .toColourspace(sniffImage(bytes)?.channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer();

/** Noise, or slopes as photographs have them. */
function picture(seed: number, width: number, height: number, channels: 1 | 3, isSmooth: boolean) {
  const noise = pixelsOf(seed, width, height, channels);
  const slopes = noise.map((_, i) => (128 + 90 * Math.sin(i / (7 + (seed % 9))) + (i % 5)) & 255);
  return sharp(isSmooth ? slopes : noise, { raw: { width, height, channels } });
}

const small = (bytes: Buffer) => {
  const header = sniffImage(bytes);
  return header === undefined ? undefined : decodeSmall(bytes, header);
};

describe('decodeSmall', () => {
  const anyPicture = fc.record({
    seed: fc.nat(1_000),
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 70 }),
    channels: fc.constantFrom(1 as const, 3 as const),
    isSmooth: fc.boolean(),
    quality: fc.integer({ min: 1, max: 100 }),
    chromaSubsampling: fc.constantFrom('4:2:0', '4:4:4'),
    optimizeCoding: fc.boolean(),
    compressionLevel: fc.integer({ min: 0, max: 9 }),
    adaptiveFiltering: fc.boolean(),
  });

  it('gives the pixels that libvips gives, to the last bit, of JPEG files', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(anyPicture, async ({ seed, width, height, channels, isSmooth, ...options }) => {
        const grey = channels === 1 ? 'b-w' : 'srgb';
        const image = picture(seed, width, height, channels, isSmooth).toColourspace(grey);
        const bytes = await image.jpeg(options).toBuffer();
        const pixels = small(bytes);
        if (pixels === undefined) return;
        taken++;
        expect(pixels.equals(await byLibvips(bytes))).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it('gives the pixels that libvips gives of PNG files', async () => {
    await fc.assert(
      fc.asyncProperty(anyPicture, async ({ seed, width, height, channels, isSmooth, ...options }) => {
        const { compressionLevel, adaptiveFiltering } = options;
        const image = picture(seed, width, height, channels, isSmooth);
        const bytes = await image
          .toColourspace(channels === 1 ? 'b-w' : 'srgb')
          .png({ compressionLevel, adaptiveFiltering })
          .toBuffer();
        expect(small(bytes)?.equals(await byLibvips(bytes))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['a progressive JPEG', (image: sharp.Sharp) => image.jpeg({ progressive: true })],
    ['an interlaced PNG', (image: sharp.Sharp) => image.png({ progressive: true })],
    ['a palette', (image: sharp.Sharp) => image.png({ palette: true })],
    ['transparency', (image: sharp.Sharp) => image.ensureAlpha(0.5).png()],
    ['16 bits', (image: sharp.Sharp) => image.toColourspace('rgb16').png()],
    ['a turned JPEG', (image: sharp.Sharp) => image.jpeg().withMetadata({ orientation: 6 })],
    ['CMYK', (image: sharp.Sharp) => image.toColourspace('cmyk').jpeg()],
    ['WebP', (image: sharp.Sharp) => image.webp()],
  ])('leaves %s to libvips', async (_, write) => {
    const bytes = await write(picture(3, 20, 12, 3, true)).toBuffer();
    expect(small(bytes)).toBeUndefined();
    await expect(decodeImage(bytes)).resolves.toMatchObject({ channels: 3 });
  });

  it('leaves larger images to libvips', async () => {
    expect(small(await picture(3, 97, 96, 3, true).jpeg().toBuffer())).toBeUndefined();
  });

  it('gives what libvips gives or nothing, wherever a file is cut off or changed', async () => {
    const files = await Promise.all([
      picture(1, 33, 17, 3, true).jpeg().toBuffer(),
      picture(2, 16, 24, 3, false).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
      picture(3, 18, 9, 3, true).png().toBuffer(),
    ]);
    for (const bytes of files) {
      for (let length = 0; length < bytes.length - 12; length += 5) {
        expect(small(bytes.subarray(0, length))).toBeUndefined();
      }
    }
    const change = fc.record({
      file: fc.constantFrom(...files),
      changes: fc.array(fc.tuple(fc.nat(5_000), fc.nat(255)), { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ file, changes }) => {
        const bytes = Buffer.from(file);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const pixels = small(bytes);
        if (pixels === undefined) return;
        expect(pixels.equals(await byLibvips(bytes))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
