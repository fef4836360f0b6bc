import { inverseDct } from './inverse-dct';
import { jpegFrame } from './jpeg-frame';
import type { JpegFrame } from './jpeg-frame';
import { ScanReader } from './scan-reader';
import { enlarged, widened } from './upsample';
import type { Plane } from './upsample';

/** libjpeg repeats the values of narrower planes instead of mixing them. */
const NARROW = 2;
const block = new Int32Array(64);

/**
 * The pixels of a usual small JPEG file (`jpegFrame`), the same to the last bit as libjpeg-turbo's.
 * @returns `undefined` for all other files, and damaged ones
 */
export function decodeJpeg(bytes: Buffer): Buffer | undefined {
  const frame = jpegFrame(bytes);
  if (frame === undefined) return undefined;
  const planes = readPlanes(bytes, frame);
  if (planes === undefined) return undefined;
  const { width, height } = frame;
  const [luma, ...chroma] = planes as [Plane, ...Plane[]];
  if (chroma.length === 0) return cropped(luma, width, height);
  const [{ across, down }] = frame.components as [JpegFrame['components'][number]];
  if (across === 2 && Math.ceil(width / 2) <= NARROW) return undefined;
  const full = across === 1 ? chroma : chroma.map(down === 2 ? enlarged : widened);
  return coloured(luma, full as [Plane, Plane], width, height);
}

function readPlanes(bytes: Buffer, { width, height, components, start }: JpegFrame): Plane[] | undefined {
  const [{ across: most, down: deepest } = { across: 1, down: 1 }] = components;
  const [unitsAcross, unitsDown] = [Math.ceil(width / (8 * most)), Math.ceil(height / (8 * deepest))];
  const planes = components.map(({ across, down }): Plane => {
    const stride = unitsAcross * across * 8;
    return {
      values: new Uint8Array(stride * unitsDown * down * 8),
      stride,
      width: Math.ceil((width * across) / most),
      height: Math.ceil((height * down) / deepest),
    };
  });
  const reader = new ScanReader(bytes, start);
  const last = components.map(() => 0);
  block.fill(0);
  for (let unitY = 0; unitY < unitsDown; unitY++) {
    for (let unitX = 0; unitX < unitsAcross; unitX++) {
      for (let c = 0; c < components.length; c++) {
        const component = components[c] as JpegFrame['components'][number];
        const { values, stride } = planes[c] as Plane;
        for (let i = 0; i < component.across * component.down; i++) {
          const dc = reader.readBlock(block, component, last[c] as number);
          if (dc === undefined) return undefined;
          last[c] = dc;
          const x = (unitX * component.across + (i % component.across)) * 8;
          const y = (unitY * component.down + Math.floor(i / component.across)) * 8;
          inverseDct(block, values, y * stride + x, stride);
        }
      }
    }
  }
  return reader.isAtEnd() ? planes : undefined;
}

function cropped({ values, stride }: Plane, width: number, height: number): Buffer {
  const pixels = Buffer.allocUnsafe(width * height);
  for (let y = 0; y < height; y++) pixels.set(values.subarray(y * stride, y * stride + width), y * width);
  return pixels;
}

// What libjpeg's `jdcolor.c` adds to a luma value, by the chroma value: × 2^16.
const byChroma = (of: (chroma: number) => number) => Int32Array.from({ length: 256 }, (_, i) => of(i - 128));
const RED = byChroma((cr) => (91_881 * cr + 32_768) >> 16); // 1.40200
const BLUE = byChroma((cb) => (116_130 * cb + 32_768) >> 16); // 1.77200
const GREEN_CR = byChroma((cr) => -46_802 * cr); // 0.71414
const GREEN_CB = byChroma((cb) => -22_554 * cb + 32_768); // 0.34414

/** From YCbCr (ITU-R BT.601, all values) to red, green and blue. */
function coloured(luma: Plane, [blue, red]: [Plane, Plane], width: number, height: number): Buffer {
  const pixels = Buffer.allocUnsafe(width * height * 3);
  for (let y = 0, out = 0; y < height; y++) {
    for (let x = 0; x < width; x++, out += 3) {
      const value = luma.values[y * luma.stride + x] as number;
      const cb = blue.values[y * blue.stride + x] as number;
      const cr = red.values[y * red.stride + x] as number;
      pixels[out] = limited(value + (RED[cr] as number));
      pixels[out + 1] = limited(value + (((GREEN_CB[cb] as number) + (GREEN_CR[cr] as number)) >> 16));
      pixels[out + 2] = limited(value + (BLUE[cb] as number));
    }
  }
  return pixels;
}

function limited(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
