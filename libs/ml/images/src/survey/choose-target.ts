import { UnreadableData } from '@modelyard/contracts';
import type { ImportOptions } from '@modelyard/contracts';
import type { ImageTarget } from '../decoding/decode-image';

/** A side of what images of several sizes are fitted to, unless something else is asked for. */
export const USUAL_SIDE = 224;

/** Of what images are fitted to; networks take far less, and every image of a set has as many. */
export const LARGEST_SIDE = 1_024;

export interface SizeCount {
  width: number;
  height: number;
  images: number;
}

/**
 * What all images of a set are fitted to. Where all have one size, that, with no side beyond 1,024. Else the most frequent size, made smaller so
 * that no side is beyond 224; of equally frequent ones the smallest. It depends on no order.
 * @param onlyGrey no image has colour
 * @throws UnreadableData when the options ask for a side beyond 1,024, or for none
 */
export function chooseTarget(
  sizes: readonly SizeCount[],
  onlyGrey: boolean,
  options: ImportOptions['image'] = {},
): ImageTarget {
  const [most = { width: 1, height: 1 }] = [...sizes].sort(
    (a, b) => b.images - a.images || a.width * a.height - b.width * b.height || a.width - b.width,
  );
  const natural = limited(most, sizes.length > 1 ? USUAL_SIDE : LARGEST_SIDE);
  const { width, height } = options;
  const sides = {
    width: width ?? (height === undefined ? natural.width : scaled(natural.width, height / natural.height)),
    height: height ?? (width === undefined ? natural.height : scaled(natural.height, width / natural.width)),
  };
  checkSide('width', width, sides.width);
  checkSide('height', height, sides.height);
  return { ...sides, channels: options.channels ?? (onlyGrey ? 1 : 3), fit: options.fit ?? 'cover' };
}

/** @param asked what the options say; a side that they do not say follows from the other */
function checkSide(name: 'width' | 'height', asked: number | undefined, side: number): void {
  if (Number.isInteger(side) && side >= 1 && side <= LARGEST_SIDE) return;
  const most = LARGEST_SIDE.toLocaleString('en');
  const message =
    asked === undefined
      ? `image.${name} would be ${String(side)}, from the other side. Give both; at most ${most} pixels are taken`
      : `image.${name} is ${String(asked)}; 1 to ${most} pixels are taken`;
  throw new UnreadableData(`The images cannot be fitted: ${message}.`, [{ message }]);
}

function limited(
  { width, height }: { width: number; height: number },
  side: number,
): { width: number; height: number } {
  const factor = Math.min(1, side / Math.max(width, height));
  return { width: scaled(width, factor), height: scaled(height, factor) };
}

function scaled(side: number, factor: number): number {
  return Math.max(1, Math.round(side * factor));
}
