/** Height and width of CIFAR-10's images. */
export const CIFAR_SIDE = 32;
const PLANE = CIFAR_SIDE ** 2;
/** A label, then a plane each of red, green and blue (https://www.cs.toronto.edu/~kriz/cifar.html). */
export const CIFAR_RECORD = 1 + 3 * PLANE;

/** The classes by their labels, as CIFAR-10's `batches.meta.txt` has them. */
export const CIFAR_CLASSES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/**
 * Images of CIFAR-10's binary form, their colours brought together: from planes to height × width × channels.
 * @param records whole ones
 * @throws RangeError at a label beyond 9; its message says in which record
 */
export function readCifar(records: Buffer): { pixels: Buffer; labels: number[] } {
  const count = records.length / CIFAR_RECORD;
  const pixels = Buffer.allocUnsafe(count * 3 * PLANE);
  const labels: number[] = [];
  for (let record = 0, out = 0; record < count; record++) {
    const start = record * CIFAR_RECORD;
    const label = records[start] as number;
    if (label >= CIFAR_CLASSES.length) {
      throw new RangeError(`record ${String(record)} has the label ${String(label)}; 0 to 9 are taken`);
    }
    labels.push(label);
    for (let at = start + 1, end = at + PLANE; at < end; at++) {
      pixels[out++] = records[at] as number;
      pixels[out++] = records[at + PLANE] as number;
      pixels[out++] = records[at + 2 * PLANE] as number;
    }
  }
  return { pixels, labels };
}
