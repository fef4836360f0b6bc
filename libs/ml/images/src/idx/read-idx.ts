import type { Readable } from 'node:stream';
import { UnreadableData } from '@modelyard/contracts';
import { ByteSource } from '../sources/byte-source';

/** An IDX file: a header, then numbers of one type (http://yann.lecun.com/exdb/mnist). */
export interface IdxFile {
  /** Records first. */
  dimensions: number[];
  /** Of one record: 1 of labels. */
  recordBytes: number;
  /** Whole records, many at a time. The last may be fewer. */
  records: AsyncGenerator<Buffer>;
  /** When not all records were read. */
  close(): void;
}

const UNSIGNED_BYTE = 0x08;
const BLOCK = 1024 ** 2;

/**
 * Reads an IDX file of unsigned bytes: labels (one dimension), grey images (three: images, rows, columns) or colour images
 * (four: images, rows, columns, channels).
 * @param name what the user called it, for errors
 * @throws UnreadableData for other types, for a file that is cut off (also while the records are read), or goes on beyond
 *   its last record
 */
export async function readIdx(stream: Readable, name: string): Promise<IdxFile> {
  const source = new ByteSource(stream);
  const magic = await source.exactly(4);
  if (magic === undefined) throw broken(name, 'it ends in its header');
  const [zero, alsoZero, type, rank] = magic as unknown as [number, number, number, number];
  if (zero !== 0 || alsoZero !== 0)
    throw broken(name, 'it is no IDX file: it does not begin with two zero bytes');
  if (type !== UNSIGNED_BYTE) {
    const found = `0x${type.toString(16).padStart(2, '0')}`;
    throw broken(name, `its values have the type ${found}; only unsigned bytes (0x08) are taken`);
  }
  if (rank < 1 || rank > 4) throw broken(name, `it has ${String(rank)} dimensions; 1 to 4 are taken`);
  const header = await source.exactly(4 * rank);
  if (header === undefined) throw broken(name, 'it ends in its header');
  const dimensions = Array.from({ length: rank }, (_, i) => header.readUInt32BE(4 * i));
  const recordBytes = dimensions.slice(1).reduce((product, size) => product * size, 1);
  if (recordBytes === 0) throw broken(name, 'a dimension is zero');
  if (recordBytes > 256 * BLOCK) throw broken(name, 'one record has more than 256 MiB');
  const [count = 0] = dimensions;
  return {
    dimensions,
    recordBytes,
    records: records(source, count, recordBytes, name),
    close: () => void stream.destroy(),
  };
}

async function* records(
  source: ByteSource,
  count: number,
  recordBytes: number,
  name: string,
): AsyncGenerator<Buffer> {
  const perBlock = Math.max(1, Math.floor(BLOCK / recordBytes));
  for (let read = 0; read < count; read += perBlock) {
    const wanted = Math.min(perBlock, count - read);
    const block = await source.exactly(wanted * recordBytes);
    if (block === undefined) {
      throw broken(
        name,
        `it is cut off: it says that it has ${String(count)} records. Was the upload complete?`,
      );
    }
    yield block;
  }
  if (!(await source.isAtEnd())) throw broken(name, `it goes on after its ${String(count)} records`);
}

function broken(name: string, message: string): UnreadableData {
  return new UnreadableData(`${name} cannot be read: ${message}.`, [{ file: name, message }]);
}
