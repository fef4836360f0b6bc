import { crc32, deflateRawSync } from 'node:zlib';

/** A zip entry as no honest program writes it. */
export interface RawEntry {
  name: string | Buffer;
  content?: Buffer;
  /** Unix's mode in the upper half. */
  attributes?: number;
  flags?: number;
  method?: number;
  crc?: number;
  /** What the directory says that it unpacks to. */
  size?: number;
  /** Where the directory says that it begins. */
  offset?: number;
}

/** A zip archive, byte by byte. */
export function rawZip(entries: RawEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const content = entry.content ?? Buffer.from('content');
    const method = entry.method ?? 8;
    const packed = method === 8 ? deflateRawSync(content) : content;
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.crc ?? crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.size ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(entry.attributes ?? 0, 6);
    tail.writeUInt32LE(entry.offset ?? at, 10);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([0x14, 3]), common, tail, name);
    files.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, central, end]);
}
