import type { ImportOptions } from '@modelyard/contracts';
import type { ImageTarget } from '../decoding/decode-image';

/** A side of what images of several sizes are fitted to, unless something else is asked for. */
export const USUAL_SIDE = 224;

export interface SizeCount {
  width: number;
  height: number;
  images: number;
}

/**
 * What all images of a set are fitted to. Where all have one size, that. Else the most frequent size, made smaller so
 * that no side is beyond 224; of equally frequent ones the smallest. It depends on no order.
 * @param onlyGrey no image has colour
 */
export function chooseTarget(
  sizes: readonly SizeCount[],
  onlyGrey: boolean,
  options: ImportOptions['image'] = {},
): ImageTarget {
  const [most = { width: 1, height: 1 }] = [...sizes].sort(
    (a, b) => b.images - a.images || a.width * a.height - b.width * b.height || a.width - b.width,
  );
  const natural = sizes.length > 1 ? limited(most) : most;
  const { width, height } = options;
  const sides = {
    width: width ?? (height === undefined ? natural.width : scaled(natural.width, height / natural.height)),
    height: height ?? (width === undefined ? natural.height : scaled(natural.height, width / natural.width)),
  };
  return { ...sides, channels: options.channels ?? (onlyGrey ? 1 : 3), fit: options.fit ?? 'cover' };
}

function limited({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const factor = Math.min(1, USUAL_SIDE / Math.max(width, height));
  return { width: scaled(width, factor), height: scaled(height, factor) };
}

function scaled(side: number, factor: number): number {
  return Math.max(1, Math.round(side * factor));
}
