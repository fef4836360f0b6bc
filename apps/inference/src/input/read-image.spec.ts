import type { Signature } from '@modelyard/contracts';
import { InputError } from '@modelyard/ml-signature';
import sharp from 'sharp';
import { imageSignature, tableSignature } from '../testing/tiny-models';
import { readImage } from './read-image';

const MAX_PIXELS = 1_000_000;
const colour: Signature = {
  ...imageSignature,
  inputs: [{ name: 'input', dtype: 'float32', shape: [-1, 2, 2, 3], minimum: 0, maximum: 255 }],
};

const image = (width: number, height: number, channels: 3 | 4, pixel: number[]): sharp.Sharp =>
  sharp(Buffer.from(Array.from({ length: width * height }, () => pixel).flat()), {
    raw: { width, height, channels },
  });

describe('readImage', () => {
  it('maps grey levels from 0–255 to the range of the model', async () => {
    const file = await sharp(Buffer.from([0, 255, 51, 204]), { raw: { width: 2, height: 2, channels: 1 } })
      .png()
      .toBuffer();
    const { values, rows, single } = await readImage(imageSignature, file, MAX_PIXELS);
    [0, 16, 3.2, 12.8].forEach((level, index) => expect(values[index]).toBeCloseTo(level, 5));
    expect({ rows, single, length: values.length }).toEqual({ rows: 1, single: true, length: 4 });
  });

  it.each(['png', 'webp', 'tiff', 'gif'] as const)('reads the colours of a %s file', async (format) => {
    const file = await image(4, 4, 3, [255, 0, 0])
      [format](format === 'tiff' ? { compression: 'lzw' } : { lossless: true })
      .toBuffer();
    const { values } = await readImage(colour, file, MAX_PIXELS);
    expect(Array.from(values)).toEqual([255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0]);
  });

  it('makes a colour photograph grey for a model of one channel, and scales it', async () => {
    const file = await image(40, 60, 3, [128, 128, 128]).jpeg().toBuffer();
    const { values } = await readImage(imageSignature, file, MAX_PIXELS);
    expect(values).toHaveLength(4);
    for (const value of values) expect(Math.abs(value - (128 / 255) * 16)).toBeLessThan(0.2);
  });

  it('lays transparency on black', async () => {
    const file = await image(2, 2, 4, [255, 255, 255, 0]).png().toBuffer();
    expect(Array.from((await readImage(colour, file, MAX_PIXELS)).values)).toEqual(new Array(12).fill(0));
  });

  it('turns a photograph upright', async () => {
    // Left half white, right half black, and a note that it must be turned a quarter to the right.
    const file = await sharp(Buffer.from([255, 0, 255, 0]), { raw: { width: 2, height: 2, channels: 1 } })
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const { values } = await readImage(imageSignature, file, MAX_PIXELS);
    expect(Array.from(values)).toEqual([16, 16, 0, 0]);
  });

  it('refuses a bomb by its header', async () => {
    const file = await image(1100, 1000, 3, [0, 0, 0]).png().toBuffer();
    expect(file.length).toBeLessThan(20_000);
    await expect(readImage(imageSignature, file, MAX_PIXELS)).rejects.toThrow(/pixel/);
  });

  it.each([
    ['text', Buffer.from('hello')],
    [
      'an SVG',
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><rect width="2" height="2"/></svg>',
      ),
    ],
    ['half a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ])('refuses %s', async (_, file) => {
    await expect(readImage(imageSignature, file, MAX_PIXELS)).rejects.toThrow(InputError);
  });

  it('never opens a format that is not taken', async () => {
    await readImage(imageSignature, await image(2, 2, 3, [0, 0, 0]).png().toBuffer(), MAX_PIXELS);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>');
    await expect(sharp(svg).metadata()).rejects.toThrow('unsupported image format');
    await expect(readImage(imageSignature, svg, MAX_PIXELS)).rejects.toThrow(
      'the image file cannot be read: it is of no kind that is taken (taken are jpeg, png, webp, gif, tiff)',
    );
  });

  it('refuses a file that breaks off', async () => {
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 251));
    const file = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toBuffer();
    await expect(readImage(colour, file.subarray(0, file.length / 2), MAX_PIXELS)).rejects.toThrow(
      'cannot be read',
    );
  });

  it('refuses any file for a model of tables', async () => {
    await expect(readImage(tableSignature, Buffer.alloc(1), MAX_PIXELS)).rejects.toThrow(
      'this model takes no image files',
    );
  });
});
