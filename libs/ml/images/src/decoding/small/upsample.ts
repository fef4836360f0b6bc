/** One component of an image, with what its last blocks have beyond the image. */
export interface Plane {
  values: Uint8Array;
  /** Values to a row. */
  stride: number;
  /** What belongs to the image. */
  width: number;
  height: number;
}

/**
 * A plane of half the width, made twice as wide: three parts of the nearer value, one of the farther (libjpeg's
 * `h2v1_fancy_upsample`). Planes have at least three columns.
 */
export function widened(plane: Plane): Plane {
  const { values, stride, width, height } = plane;
  const wide = new Uint8Array(2 * width * height);
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    let out = y * 2 * width;
    for (let x = 0; x < width; x++) {
      const here = 3 * (values[row + x] as number);
      wide[out++] = x === 0 ? here / 3 : (here + (values[row + x - 1] as number) + 1) >> 2;
      wide[out++] = x === width - 1 ? here / 3 : (here + (values[row + x + 1] as number) + 2) >> 2;
    }
  }
  return { values: wide, stride: 2 * width, width: 2 * width, height };
}

/** A plane of half the width and height, made as large as the image, likewise (`h2v2_fancy_upsample`). */
export function enlarged(plane: Plane): Plane {
  const { values, stride, width, height } = plane;
  const large = new Uint8Array(4 * width * height);
  for (let y = 0; y < 2 * height; y++) {
    const near = (y >> 1) * stride;
    const neighbour = (y >> 1) + (y % 2 === 0 ? -1 : 1);
    const far = Math.min(height - 1, Math.max(0, neighbour)) * stride;
    const sum = (x: number) => 3 * (values[near + x] as number) + (values[far + x] as number);
    let out = y * 2 * width;
    let before = 0;
    let here = sum(0);
    for (let x = 0; x < width; x++) {
      const after = x === width - 1 ? 0 : sum(x + 1);
      large[out++] = (x === 0 ? 4 * here + 8 : 3 * here + before + 8) >> 4;
      large[out++] = (x === width - 1 ? 4 * here + 7 : 3 * here + after + 7) >> 4;
      before = here;
      here = after;
    }
  }
  return { values: large, stride: 2 * width, width: 2 * width, height: 2 * height };
}
