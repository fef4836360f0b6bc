import { hash } from 'node:crypto';
import type { PackedDataset } from './packed-dataset';

const SIZE = 32;

/** The SHA-256 of every sample: of its class's name and its values. Equal samples have equal digests. */
export class RowDigests {
  private readonly digests: Buffer;
  private readonly rows: number;

  constructor(dataset: PackedDataset) {
    const { schema, rows, values, labels } = dataset;
    this.rows = rows;
    this.digests = Buffer.alloc(rows * SIZE);
    const width = rows === 0 ? 0 : values.byteLength / rows;
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    // A zero byte ends the name, so that no name together with its values can look like another name.
    const names = schema.classes.map((name) => Buffer.from(`${name}\0`));
    for (let row = 0; row < rows; row++) {
      const name = names[labels[row] as number] as Buffer;
      const content = Buffer.concat([name, bytes.subarray(row * width, (row + 1) * width)]);
      hash('sha256', content, 'buffer').copy(this.digests, row * SIZE);
    }
  }

  /** Row indices in an order that depends on the samples alone, not on the order that they came in. */
  order(): Uint32Array {
    const digests = this.digests;
    return Uint32Array.from({ length: this.rows }, (_, row) => row).sort((a, b) =>
      digests.compare(digests, b * SIZE, (b + 1) * SIZE, a * SIZE, (a + 1) * SIZE),
    );
  }

  digest(row: number): Buffer {
    return this.digests.subarray(row * SIZE, (row + 1) * SIZE);
  }
}
