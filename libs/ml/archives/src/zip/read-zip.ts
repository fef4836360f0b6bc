import { Readable, pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { isNativeError } from 'node:util/types';
import { crc32, createInflateRaw, inflateRaw, inflateRawSync } from 'node:zlib';
import { readZipDirectory } from './zip-directory';
import type { ZipMember } from './zip-directory';
import type { ArchiveEntry } from '../archive-entry';
import type { Refusal } from '../refusal';
import type { UnpackMeter } from '../unpack-meter';
import { WindowedFile } from '../windowed-file';

/** Below it the way to another thread takes longer than the work. */
const SMALL = 256 * 1024;
const LOCAL_HEADER = 30;
const SIGNATURE = 0x04034b50;
const inflate = promisify(inflateRaw);

/** The files of a zip archive, in the order of its directory. @throws UnreadableData */
export async function* readZip(
  path: string,
  meterOf: (size: number) => UnpackMeter,
  refusal: Refusal,
): AsyncGenerator<ArchiveEntry> {
  const file = await WindowedFile.open(path);
  try {
    for (const member of await readZipDirectory(file, meterOf(file.size), refusal)) {
      const zipped = new ZippedFile(file, member, refusal);
      yield {
        name: member.name,
        size: member.size,
        read: (limit) => zipped.read(limit),
        open: () => zipped.open(),
      };
    }
  } finally {
    await file.close();
  }
}

class ZippedFile {
  constructor(
    private readonly file: WindowedFile,
    private readonly member: ZipMember,
    private readonly refusal: Refusal,
  ) {}

  async read(limit = Number.MAX_SAFE_INTEGER): Promise<Buffer> {
    const { name, packed, size, deflated } = this.member;
    if (size > limit) throw this.refusal.because(`a file has more than ${String(limit)} bytes`, name);
    try {
      const bytes = await this.file.read(await this.dataStart(), packed);
      if (bytes.length < packed) throw new Error('unexpected end of file');
      const content = deflated ? await unpacked(bytes, size) : bytes;
      if (content.length !== size) throw new Error('invalid size');
      if (crc32(content) !== this.member.crc32) throw new Error('incorrect data check');
      return content;
    } catch (error) {
      throw this.refusal.from(asDamage(error), name);
    }
  }

  open(): Readable {
    return Readable.from(this.content(), { objectMode: false, highWaterMark: 1024 ** 2 });
  }

  private async *content(): AsyncGenerator<Buffer> {
    const { name, packed, size, deflated } = this.member;
    let [seen, sum] = [0, 0];
    try {
      const start = await this.dataStart();
      const raw = packed === 0 ? Readable.from([]) : this.file.stream(start, start + packed);
      const plain = deflated ? pipeline(raw, createInflateRaw(), () => undefined) : raw;
      for await (const chunk of plain as AsyncIterable<Buffer>) {
        seen += chunk.length;
        if (seen > size) throw new Error('invalid size');
        sum = crc32(chunk, sum);
        yield chunk;
      }
      if (seen !== size) throw new Error('unexpected end of file');
      if (sum !== this.member.crc32) throw new Error('incorrect data check');
    } catch (error) {
      throw this.refusal.from(error, name);
    }
  }

  private async dataStart(): Promise<number> {
    const header = await this.file.read(this.member.offset, LOCAL_HEADER);
    if (header.length < LOCAL_HEADER) throw new Error('unexpected end of file');
    if (header.readUInt32LE(0) !== SIGNATURE) throw new Error('invalid local file header');
    return this.member.offset + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
  }
}

async function unpacked(bytes: Buffer, size: number): Promise<Buffer> {
  // One byte more than declared is room enough to see that there is more.
  const options = { maxOutputLength: size + 1 };
  return size <= SMALL ? inflateRawSync(bytes, options) : inflate(bytes, options);
}

function asDamage(error: unknown): unknown {
  const code = isNativeError(error) && 'code' in error ? error.code : undefined;
  return code === 'ERR_BUFFER_TOO_LARGE' ? new Error('invalid size') : error;
}
